import type { Requirement } from '../../../../contract/requirements.ts'
import { toSlug } from '../../../../contract/slug.ts'
import type { GenreTemplate, TaskTemplate } from './template.ts'

/** A section of the brief whose named demands (`R7: …`) make a feature of their own. */
export interface Feature {
  readonly taskId: string
  readonly title: string
  readonly requirements: readonly Requirement[]
}

const NAMED = /^\p{Lu}{1,3}\d{1,3}: /u
const NUMBER = /^(?:\d+(?:\.\d+)*\.?|\p{Lu}\.)\s+/u
const FEWEST = 2
const MOST = 6
const REPLACED = 'build-features'
const LONGEST_NAME = 40

/** The heading a named demand stands under: the last of its evidence, when that is no part of the demand. */
function headingOf({ statement, evidence }: Requirement): string | null {
  const heading = evidence.at(-1)?.quote
  return NAMED.test(statement) && evidence.length > 1 && heading !== undefined
    ? heading.replace(NUMBER, '').replaceAll(/\s+/g, ' ').trim()
    : null
}

/** The features a brief names by its own sections, in its order; none when its demands have no names or too many sections. */
export function findFeatures(requirements: readonly Requirement[]): readonly Feature[] {
  const byHeading = Map.groupBy(requirements, headingOf)
  const features = [...byHeading].flatMap(([title, own]): readonly Feature[] => {
    const slug = toSlug(title ?? '', LONGEST_NAME)
    return title === null || slug === '' ? [] : [{ taskId: `build-${slug}`, title, requirements: own }]
  })
  const ids = new Set(features.map(({ taskId }) => taskId))
  const apart = ids.size === features.length && !ids.has('build-core') && !ids.has(REPLACED)
  return apart && features.length >= FEWEST && features.length <= MOST ? features : []
}

function asTask({ taskId, title, requirements }: Feature, after: string): TaskTemplate {
  return {
    id: taskId,
    title: `Build: ${title}`,
    what: 'Add this part, run its cases, and save a running version before you go on.',
    deliverable: `The part “${title}”, working`,
    done: 'Every case of your table for this part gives the expected output.',
    minutes: () => 30 + requirements.length * 25,
    after: [after],
    takes: [],
  }
}

/** A template whose task of building is split by the features of the brief; unchanged when there are none. */
export function withFeatures(template: GenreTemplate, features: readonly Feature[]): GenreTemplate {
  const all = template.milestones.flatMap(({ tasks }) => tasks)
  const replaced = all.find(({ id }) => id === REPLACED)
  const last = features.at(-1)
  if (replaced === undefined || last === undefined) return template
  const [first = 'build-core'] = replaced.after
  const built = features.map((feature, index) => asTask(feature, features[index - 1]?.taskId ?? first))
  const rewire = (task: TaskTemplate): TaskTemplate => ({
    ...task,
    after: task.after.map((id) => (id === REPLACED ? last.taskId : id)),
    // What belongs to no feature is met by the core.
    takes: task.id === first ? [...task.takes, ...replaced.takes] : task.takes,
  })
  return {
    ...template,
    main: first,
    milestones: template.milestones.map((milestone) => ({
      ...milestone,
      tasks: milestone.tasks.flatMap((task) => (task.id === REPLACED ? built : [rewire(task)])),
    })),
  }
}
