import { draftCore, draftPolish, draftSetup } from './derive-phases.ts'
import type {
  DerivedMasterplan,
  DerivedMilestone,
  DerivedTask,
  DraftMilestone,
  DraftPhase,
  DraftTask,
  PhaseType,
} from './derived-plan.ts'
import { complexityOf } from './effort.ts'
import { findPlanFaults, type Plan } from '../plan.ts'
import type { Distilled } from '../requirements.ts'
import { createNamer, toSlug } from '../slug.ts'
import { targetFile } from './target-files.ts'

type Genre = Distilled['genre']

export type Derivation =
  | { readonly kind: 'derived'; readonly masterplan: DerivedMasterplan }
  | {
      readonly kind: 'refused'
      /** A sentence for each id or dependency that cannot be. */
      readonly faults: readonly string[]
    }

interface PlacedMilestone extends DraftMilestone {
  readonly phase_type: PhaseType
}

interface PlacedTask extends DraftTask {
  readonly phase_type: PhaseType
  readonly milestone: string
}

function dependentsOf(tasks: readonly PlacedTask[]): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>(tasks.map(({ slug }) => [slug, []]))
  for (const { slug, depends_on } of tasks) {
    for (const need of new Set(depends_on)) dependents.get(need)?.push(slug)
  }
  return dependents
}

/** Numbers the tasks through all phases and gives each what follows from its place; grouped by milestone. */
function deriveTasks(
  tasks: readonly PlacedTask[],
  genre: Genre,
): ReadonlyMap<string, readonly DerivedTask[]> {
  const dependents = dependentsOf(tasks)
  const derived = tasks.map((task, index): readonly [string, DerivedTask] => {
    const { phase_type, milestone, depends_on, estimated_minutes, ...kept } = task
    const task_number = index + 1
    const deliverable = task.deliverable.trim()
    const file = { task_number, slug: task.slug, phase_type, deliverable }
    return [
      milestone,
      {
        ...kept,
        task_number,
        deliverable,
        estimated_minutes,
        complexity: complexityOf(estimated_minutes ?? 0),
        depends_on_tasks: [...new Set(depends_on)],
        blocks_tasks: dependents.get(task.slug) ?? [],
        target_files: [targetFile(file, genre)],
      },
    ]
  })
  const byMilestone = Map.groupBy(derived, ([milestone]) => milestone)
  return new Map([...byMilestone].map(([milestone, pairs]) => [milestone, pairs.map(([, task]) => task)]))
}

function deriveMilestones(
  milestones: readonly PlacedMilestone[],
  genre: Genre,
): readonly (readonly [PhaseType, DerivedMilestone])[] {
  const placed = milestones.flatMap(({ phase_type, slug, tasks }) =>
    tasks.map((task): PlacedTask => ({ ...task, phase_type, milestone: slug })),
  )
  const milestoneOf = new Map(placed.map(({ slug, milestone }) => [slug, milestone]))
  const tasks = deriveTasks(placed, genre)
  return milestones.map(({ phase_type, slug, name, description, tasks: drafts }, index) => {
    const needs = new Set(drafts.flatMap(({ depends_on }) => depends_on.map((need) => milestoneOf.get(need))))
    const before = milestones.slice(0, index).map((milestone) => milestone.slug)
    const depends_on_milestones = before.filter((other) => needs.has(other))
    const milestone_number = index + 1
    const own = tasks.get(slug) ?? []
    return [phase_type, { milestone_number, slug, name, description, depends_on_milestones, tasks: own }]
  })
}

function draftPhases(plan: Plan): readonly DraftPhase[] {
  const ids = plan.milestones.flatMap(({ tasks }) => tasks.map(({ id }) => id))
  const name = { task: createNamer(ids), milestone: createNamer(plan.milestones.map(({ id }) => id)) }
  const reading = name.task('read-sources')
  return [draftSetup(plan, reading, name), draftCore(plan, reading), draftPolish(plan, reading, name)]
}

/** Makes the three phases of a masterplan from a plan, by rules alone; a plan that does not hang together is refused. */
export function deriveMasterplan(plan: Plan, genre: Genre): Derivation {
  const faults = findPlanFaults(plan)
  if (faults.length > 0) return { kind: 'refused', faults }
  const phases = draftPhases(plan)
  const milestones = deriveMilestones(
    phases.flatMap(({ phase_type, milestones }) => milestones.map((each) => ({ ...each, phase_type }))),
    genre,
  )
  const tasks = milestones.flatMap(([, milestone]) => milestone.tasks)
  const { title, objective } = plan.assignment_summary
  const masterplan: DerivedMasterplan = {
    slug: toSlug(title) || 'assignment',
    project_name: title,
    description: objective,
    estimated_minutes: tasks.reduce((sum, { estimated_minutes }) => sum + (estimated_minutes ?? 0), 0),
    phases: phases.map(({ phase_type, name, description }, index) => ({
      phase_type,
      phase_number: index + 1,
      name,
      description,
      milestones: milestones.flatMap(([phase, milestone]) => (phase === phase_type ? [milestone] : [])),
    })),
  }
  return { kind: 'derived', masterplan }
}
