import type { PlanView, TaskTry } from '../activities/masterplan/messages.ts'
import { planAfterTaskRetry } from '../contract/execution/plan-controls.ts'
import { next } from '../contract/machines.ts'
import type { PlanState } from '../contract/machines/masterplan-machines.ts'
import type { ChangeMessage } from './messages.ts'

type TaskRef = PlanView['ready'][number]

/** The newer of two views; answers may come in another order than they were written in. */
export function newerView(known: PlanView | null, seen: PlanView): PlanView {
  return known !== null && known.version > seen.version ? known : seen
}

/** Names an attempt, so that none is worked at twice. */
export function nameAttempt({ task_id, attempt }: Pick<TaskTry, 'task_id' | 'attempt'>): string {
  return `${task_id}:${attempt}`
}

/** Names a task to whoever looks at the run. */
export function nameTask({ task_number }: Pick<TaskRef, 'task_number'>): string {
  return `task ${task_number}`
}

const ENDED: ReadonlySet<PlanState> = new Set<PlanState>(['rejected', 'cancelled', 'completed', 'failed'])

/** Whether nothing follows by itself; a person may take up a plan that has failed or is completed. */
export function hasEnded({ status }: Pick<PlanView, 'status'>): boolean {
  return ENDED.has(status)
}

/** Whether what is at work for it is wanted no more. */
export function isGivenUp({ status }: Pick<PlanView, 'status'>): boolean {
  return status === 'cancelled' || status === 'rejected'
}

const WAITING: ReadonlySet<PlanState> = new Set<PlanState>(['draft', 'approved', 'paused'])

/** Whether it is for a person to say how it goes on. */
export function waitsForPeople({ status }: Pick<PlanView, 'status'>): boolean {
  return WAITING.has(status)
}

/**
 * The attempts to take up now: those that have begun and nobody works at, whatever became of the plan meanwhile, and
 * those that are ready in a plan that is being executed.
 */
export function attemptsToTakeUp(view: PlanView, atWork: ReadonlySet<string>): readonly TaskRef[] {
  const ready = view.status === 'in_progress' ? view.ready : []
  return [...view.at_work, ...ready].filter((ref) => !atWork.has(nameAttempt(ref)))
}

/** Where a wish would lead from this state; null when it is none the state admits. */
export function admits(view: PlanView, verb: ChangeMessage['verb']): boolean {
  return next('plan', view.status, verb).kind === 'moved'
}

/** Whether a task of a plan in this state may be tried again. */
export function admitsTaskRetry({ status }: PlanView): boolean {
  return planAfterTaskRetry(status) !== null
}

const NEXT_STEP: { readonly [S in PlanState]: string } = {
  draft: 'It waits for review: `POST /masterplans/{id}/approve` or `/reject`.',
  approved: 'It waits to be executed: `POST /masterplans/{id}/execute`.',
  in_progress: 'Nothing to do: its tasks are worked at by themselves.',
  paused: 'It waits: `POST /masterplans/{id}/resume` goes on, `/cancel` ends it.',
  completed:
    'Nothing to do. A failed task can be tried again: `POST /masterplans/{id}/tasks/{task_id}/retry`.',
  failed: '`GET /masterplans/{id}/status` says why; `POST /masterplans/{id}/retry` takes it up again.',
  rejected: 'Nothing to do: a reprocess of the assignment makes another one.',
  cancelled: 'Nothing to do.',
}

/** The run as Markdown for somebody who looks at it in Temporal Web UI for the first time. */
export function describeMasterplan(
  view: PlanView,
  { masterplan_id, atWork }: { readonly masterplan_id: string; readonly atWork: readonly string[] },
): string {
  const { status, completed_tasks, total_tasks, job_id } = view
  const lines = [
    `**Masterplan**: ${status}, job \`${job_id}\``,
    `${completed_tasks} of ${total_tasks} tasks completed, ${view.ready.length} ready.`,
    ...atWork.map((name) => `- ▶️ ${name}`),
    NEXT_STEP[status].replaceAll('{id}', masterplan_id),
  ]
  return lines.join('\n\n')
}
