import type { MarkState, MilestoneProgress, PlanProgress } from './marks.ts'
import type { Plan, PlanMilestone } from './plan.ts'

/** A milestone or a task by its id in the plan. */
export interface MarkTarget {
  readonly kind: 'milestone' | 'task'
  readonly id: string
}

/** What a student last said of one milestone or task; it belongs to the id, so it outlives the plan it was made on. */
export interface Mark extends MarkTarget {
  readonly state: MarkState
  /** Higher in the younger of two marks. */
  readonly version: number
  readonly updated_at: Date
}

type Milestones = Pick<Plan, 'milestones'>
type MarkOf = (kind: MarkTarget['kind'], id: string) => Mark | undefined

function byTarget(marks: readonly Mark[]): MarkOf {
  const known = new Map(marks.map((mark) => [`${mark.kind}:${mark.id}`, mark]))
  return (kind, id) => known.get(`${kind}:${id}`)
}

/**
 * What a milestone shows. It follows its tasks: all done is done, none begun is todo, anything between is doing. Marked
 * `doing` it is begun though no task is, and not over though all are, until one of them is marked again. Without tasks
 * its own mark is all there is.
 */
function stateOf({ id, tasks }: PlanMilestone, markOf: MarkOf): MarkState {
  const own = markOf('milestone', id)
  if (tasks.length === 0) return own?.state ?? 'todo'
  const marks = tasks.map((task) => markOf('task', task.id))
  if (marks.every((mark) => mark?.state === 'done')) {
    const isYoungest = marks.every((mark) => (mark?.version ?? 0) < (own?.version ?? 0))
    return own?.state === 'doing' && isYoungest ? 'doing' : 'done'
  }
  if (marks.some((mark) => mark !== undefined && mark.state !== 'todo')) return 'doing'
  return own?.state === 'doing' ? 'doing' : 'todo'
}

function newestOf(marks: readonly (Mark | undefined)[]): string | null {
  const times = marks.flatMap((mark) => (mark === undefined ? [] : [mark.updated_at.getTime()]))
  return times.length === 0 ? null : new Date(Math.max(...times)).toISOString()
}

function showMilestone(milestone: PlanMilestone, markOf: MarkOf): MilestoneProgress {
  const { id, title, order } = milestone
  const marks = milestone.tasks.map((task) => markOf('task', task.id))
  const tasks = milestone.tasks.map((task, index) => ({
    id: task.id,
    title: task.title,
    state: marks[index]?.state ?? 'todo',
    updated_at: newestOf([marks[index]]),
  }))
  return {
    id,
    title,
    order,
    state: stateOf(milestone, markOf),
    updated_at: newestOf([markOf('milestone', id), ...marks]),
    done_tasks: tasks.filter(({ state }) => state === 'done').length,
    total_tasks: tasks.length,
    tasks,
  }
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

/** The version that the newest of all marks gave, those on ids that the plan does not have too; 0 without any. */
function versionOf(marks: readonly Mark[]): number {
  return marks.reduce((newest, { version }) => Math.max(newest, version), 0)
}

/** A plan with a student's marks on it. A mark whose id the plan does not have is not shown. */
export function showProgress(
  { milestones }: Milestones,
  marks: readonly Mark[],
  generation: number,
): PlanProgress {
  const markOf = byTarget(marks)
  const shown = milestones.map((milestone) => showMilestone(milestone, markOf))
  return {
    generation,
    version: versionOf(marks),
    done_tasks: sum(shown.map(({ done_tasks }) => done_tasks)),
    total_tasks: sum(shown.map(({ total_tasks }) => total_tasks)),
    milestones: shown,
  }
}

/** One milestone or task that shows another state than before; the counts are of the whole plan, after this change. */
export interface MarkChange {
  readonly milestone_id: string
  readonly task_id: string | null
  readonly title: string
  readonly state: MarkState
  readonly previous_state: MarkState
  readonly done_tasks: number
  readonly total_tasks: number
}

/** Everything that shows a state, each task before the milestone it may move. */
function listShown({ milestones }: PlanProgress) {
  return milestones.flatMap(({ id: milestone_id, title, state, tasks }) => [
    ...tasks.map((task) => ({ milestone_id, task_id: task.id, title: task.title, state: task.state })),
    { milestone_id, task_id: null, title, state },
  ])
}

function findChanges(before: PlanProgress, after: PlanProgress): readonly MarkChange[] {
  const earlier = listShown(before)
  const { total_tasks } = before
  let { done_tasks } = before
  return listShown(after).flatMap((shown, index) => {
    const previous_state = earlier[index]?.state ?? shown.state
    if (shown.state === previous_state) return []
    if (shown.task_id !== null)
      done_tasks += Number(shown.state === 'done') - Number(previous_state === 'done')
    return [{ ...shown, previous_state, done_tasks, total_tasks }]
  })
}

/** What marking comes to: the marks to keep, what shows differently, and the whole before and after. */
export interface Marking {
  readonly marks: readonly Mark[]
  readonly changes: readonly MarkChange[]
  readonly before: PlanProgress
  readonly progress: PlanProgress
}

/** The state that a student gives a milestone or task. */
export interface Marked extends MarkTarget {
  readonly state: MarkState
}

/** What is marked along: a milestone that is done, or to do again, is so with all its tasks. */
function markedWith({ milestones }: Milestones, asked: Marked): readonly Marked[] | undefined {
  const { kind, id, state } = asked
  if (kind === 'task')
    return milestones.some(({ tasks }) => tasks.some((task) => task.id === id)) ? [asked] : undefined
  const milestone = milestones.find((one) => one.id === id)
  if (milestone === undefined) return undefined
  if (state === 'doing') return [asked]
  return [asked, ...milestone.tasks.map((task) => ({ kind: 'task', id: task.id, state }) as const)]
}

/**
 * Decides what becomes of a plan's marks when a student marks one milestone or task: what was asked for is what shows
 * afterwards. Nothing is to be kept when nothing shows differently; undefined when the plan has no such id.
 */
export function markPlan(
  plan: Milestones,
  marks: readonly Mark[],
  asked: Marked,
  { generation, at }: { readonly generation: number; readonly at: Date },
): Marking | undefined {
  const wanted = markedWith(plan, asked)
  if (wanted === undefined) return undefined
  const markOf = byTarget(marks)
  const version = versionOf(marks) + 1
  const fresh = wanted
    // A task that is so already keeps the time at which it was marked.
    .filter(({ kind, id, state }) => kind === asked.kind || (markOf(kind, id)?.state ?? 'todo') !== state)
    .map((mark) => ({ ...mark, version, updated_at: at }))
  const before = showProgress(plan, marks, generation)
  const progress = showProgress(plan, [...marks, ...fresh], generation)
  const changes = findChanges(before, progress)
  return changes.length === 0
    ? { marks: [], changes, before, progress: before }
    : { marks: fresh, changes, before, progress }
}
