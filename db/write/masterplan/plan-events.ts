import { countTasks, wholePercent } from '../../../contract/execution/plan-progress.ts'
import type { Actor } from '../../../contract/machines.ts'
import type { PlanEvent, PlanState, TaskState } from '../../../contract/machines/masterplan-machines.ts'
import { newEvent, type NewEvent } from '../events.ts'
import type { PlanRow, TaskRow } from './plan-rows.ts'

const ENVELOPE_STATUS = {
  draft: 'pending',
  approved: 'pending',
  in_progress: 'running',
  paused: 'running',
  completed: 'completed',
  failed: 'failed',
  rejected: 'canceled',
  cancelled: 'canceled',
} as const satisfies { readonly [S in PlanState]: string }

const PLAN_WORDS: { readonly [S in PlanState]: string } = {
  draft: 'A masterplan waits for review.',
  approved: 'The masterplan is approved.',
  rejected: 'The masterplan is rejected.',
  in_progress: 'The masterplan is being executed.',
  paused: 'The execution is paused: tasks at work come to their end, no other begins.',
  completed: 'The execution is complete.',
  failed: 'The execution cannot go on.',
  cancelled: 'The masterplan is cancelled.',
}

// What is over for now goes on with a retry: nothing else in the event says so.
const saySomeFailed = (failed: number, blocked: number): string =>
  `The execution has ended, but ${failed} ${failed === 1 ? 'task has' : 'tasks have'} failed${
    blocked === 0 ? '' : ` and ${blocked} ${blocked === 1 ? 'waits' : 'wait'} for what failed`
  }: retry what failed, and the rest goes on.`

const TASK_WORDS: { readonly [S in TaskState]: string } = {
  pending: 'waits',
  ready: 'is ready',
  in_progress: 'is at work',
  validating: 'is held against its done definition',
  completed: 'is completed',
  failed: 'has failed',
  blocked: 'is blocked',
  skipped: 'is skipped',
}

/** The envelope of an event of a masterplan, on its own stream or on that of its assignment. */
export function planEnvelope(plan: PlanRow, stream: 'masterplan' | 'assignment', message: string) {
  const { workspace_id, job_id, generation, status } = plan
  const progress = wholePercent(plan, status)
  const wire = ENVELOPE_STATUS[status]
  return { stream, workspace_id, job_id, generation, stage: null, status: wire, progress, message } as const
}

interface Told {
  readonly plan: PlanRow
  readonly tasks: readonly TaskRow[]
  /** Null for a plan that was just made. */
  readonly event: PlanEvent | null
  readonly from: PlanState | null
  readonly actor: Actor
  readonly reason: string | null
}

const ENDS: ReadonlySet<PlanEvent | null> = new Set<PlanEvent>(['complete', 'fail', 'cancel', 'supersede'])

function statusEvent(told: Told, stream: 'masterplan' | 'assignment', position: string): NewEvent {
  const { plan, from, actor, reason } = told
  const { masterplan_id, status } = plan
  const payload = { masterplan_id, status, previous_status: from, reason, actor }
  const message =
    plan.last_error === null ? PLAN_WORDS[status] : `${PLAN_WORDS[status]} ${plan.last_error.message}`
  const key = `masterplan:${masterplan_id}:${position}:${status}`
  return newEvent('masterplan_status', payload, planEnvelope(plan, stream, message), key)
}

/** The event on a plan's own stream that fits its move: begin and end of an execution have names of their own. */
function ownEvent(told: Told, position: string): NewEvent {
  const { plan, tasks, event, from } = told
  const { masterplan_id, artifact_id: workspace_id, workspace_path, status } = plan
  const hasRun = from === 'in_progress' || from === 'paused'
  if (workspace_id === null || workspace_path === null) return statusEvent(told, 'masterplan', position)
  const folder = { masterplan_id, workspace_id, workspace_path }
  const counts = countTasks(tasks)
  const { total_tasks, completed_tasks, failed_tasks, skipped_tasks, blocked_tasks } = counts
  const key = `${position}:${status}`
  if (event === 'execute') {
    const message = `The execution begins: ${total_tasks} tasks.`
    const envelope = planEnvelope(plan, 'masterplan', message)
    return newEvent('masterplan_execution_start', { ...folder, total_tasks }, envelope, key)
  }
  if (!hasRun || !ENDS.has(event)) return statusEvent(told, 'masterplan', position)
  const ended = { completed_tasks, failed_tasks, skipped_tasks, blocked_tasks, total_tasks }
  const why = plan.last_error === null ? '' : ` ${plan.last_error.message}`
  const said =
    failed_tasks > 0 && status === 'completed'
      ? saySomeFailed(failed_tasks, blocked_tasks)
      : PLAN_WORDS[status]
  const message = `${said} ${completed_tasks} of ${total_tasks} tasks completed.${why}`
  const envelope = planEnvelope({ ...plan, ...counts }, 'masterplan', message)
  return newEvent('masterplan_execution_complete', { ...folder, status, ...ended }, envelope, key)
}

/** What a move of a plan is told by, on both streams; a position tells events of one change apart. */
export function planEvents(told: Told) {
  return {
    own: (position: string): readonly NewEvent[] => [ownEvent(told, position)],
    ofAssignment: (position: string): readonly NewEvent[] => [statusEvent(told, 'assignment', position)],
  }
}

const ENDED: ReadonlySet<TaskState> = new Set<TaskState>(['completed', 'failed', 'blocked', 'skipped'])

interface ToldTask {
  /** With the counters as they are now. */
  readonly plan: PlanRow
  readonly task: TaskRow
  /** The task at work with the lowest number. */
  readonly current: string | null
}

// A name that was a sentence of the brief ends as one already.
const endSentence = (name: string): string => (/[.!?…]$/u.test(name) ? name : `${name}.`)

/** What the change of one task is told by. */
export function taskEvent({ plan, task, current }: ToldTask, position: string): NewEvent {
  const { masterplan_id, total_tasks, completed_tasks } = plan
  const { task_id, task_number, phase_id, milestone_id, status, name } = task
  const why = status === 'failed' && task.last_error !== null ? ` ${task.last_error.message}` : ''
  const message = `Task ${task_number} of ${total_tasks} ${TASK_WORDS[status]}: ${endSentence(name)}${why}`
  const envelope = planEnvelope(plan, 'masterplan', message)
  const key = `${position}:${task_id}:${status}`
  if (ENDED.has(status)) {
    const output_files = [...task.modified_files]
    const payload = { masterplan_id, task_id, status, output_files, completed_tasks, total_tasks }
    return newEvent('task_execution_complete', payload, envelope, key)
  }
  const where = { phase_id, milestone_id, status, description: name, current_task: current }
  const payload = { masterplan_id, task_id, task_number, ...where, total_tasks }
  return newEvent('task_execution_progress', payload, envelope, key)
}
