import type { PlanTask } from '../../../contract/plan.ts'
import { cutText } from '../../../contract/text.ts'
import { findMissing, homeOf } from '../check-links.ts'
import { findUnnamed } from '../check-rubric.ts'
import type { LinkedString, Sources } from '../sources.ts'
import type { Edits, Line } from './apply-edits.ts'
import { quotedLine } from './mend-string.ts'

const HARD = '/assignment_summary/hard_constraints'
const SIGNALS = '/assignment_summary/grading_signals'
const CHECKLIST = '/submission_strategy/final_checklist'
const MAX_LINE = 2_000

type Addition = Edits['additions'][number]
type Criterion = ReturnType<typeof findUnnamed>['byTasks'][number]

/** Lines for requirements that have no place, in the exact words of their quotes. */
function addRequirements(sources: Sources): readonly Addition[] {
  const { unplanned, unstated } = findMissing(sources)
  return [...unplanned, ...unstated].flatMap((requirement): readonly Addition[] => {
    const line = quotedLine([requirement])
    if (line === null) return []
    const list = requirement.hard || requirement.kind === 'grading' ? homeOf(requirement) : CHECKLIST
    return [{ list, line, first: false }]
  })
}

function addSignals(sources: Sources): readonly Addition[] {
  return findUnnamed(sources).bySignals.map(({ id, description, points }) => {
    const from = sources.distilled.requirements.filter(({ criterion_id }) => criterion_id === id)
    const worth = points === null ? '' : `: ${points === 1 ? '1 point' : `${points} points`}`
    const text = cutText(`${description}${worth}`, MAX_LINE)
    return { list: SIGNALS, line: { text, from: from.map((requirement) => requirement.id) }, first: false }
  })
}

/** The due date of Canvas as a line of the plan, or null when Canvas gives none. */
export function sayDue({ due, zone }: Sources['facts']): string | null {
  return due === null ? null : `Due ${due.setLocale('en-US').toFormat('ccc d LLL yyyy, HH:mm')} (${zone}).`
}

function addDue({ facts }: Sources, isMissing: boolean): readonly Addition[] {
  const text = isMissing ? sayDue(facts) : null
  return text === null ? [] : [{ list: HARD, line: { text, from: [] }, first: true }]
}

interface PlacedTask {
  readonly task: PlanTask
  readonly pointer: string
}

function sharedWords(a: string, b: string): number {
  const words = (text: string) => new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? [])
  const other = words(b)
  return [...words(a)].filter((word) => other.has(word)).length
}

/** The task a criterion is nearest to, of those with room left in their definition of done. */
function taskFor(
  { description, long_description }: Criterion,
  tasks: readonly PlacedTask[],
): PlacedTask | undefined {
  const about = `${description} ${long_description ?? ''}`
  const open = tasks.filter(({ task }) => task.done_definition.length + description.length + 60 < MAX_LINE)
  return open.toSorted(
    (a, b) =>
      sharedWords(about, `${b.task.title} ${b.task.description}`) -
      sharedWords(about, `${a.task.title} ${a.task.description}`),
  )[0]
}

function nameInTasks(sources: Sources): ReadonlyMap<string, Line> {
  const tasks = sources.plan.milestones.flatMap(({ tasks: own }, milestone) =>
    own.map((task, index) => ({ task, pointer: `/milestones/${milestone}/tasks/${index}/done_definition` })),
  )
  const strings = new Map(sources.strings.map((string): [string, LinkedString] => [string.pointer, string]))
  const lines = new Map<string, Line>()
  for (const criterion of findUnnamed(sources).byTasks) {
    const placed = taskFor(criterion, tasks)
    if (placed === undefined) continue
    const { pointer, task } = placed
    const before = lines.get(pointer)?.text ?? task.done_definition
    const from = (strings.get(pointer)?.requirements ?? []).map(({ id }) => id)
    lines.set(pointer, {
      text: `${before} You can show where it serves the rubric: “${criterion.description}”.`,
      from,
    })
  }
  return lines
}

/** What a plan lacks, as edits: requirements without a place, criteria without a name, the due date. */
export function addMissing(sources: Sources, dueIsMissing: boolean): Edits {
  return {
    lines: nameInTasks(sources),
    additions: [...addDue(sources, dueIsMissing), ...addRequirements(sources), ...addSignals(sources)],
  }
}
