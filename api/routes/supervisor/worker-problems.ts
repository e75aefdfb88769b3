import { allowedMoves } from '../../../contract/machines.ts'
import type { WorkerState } from '../../../contract/machines/run-machines.ts'
import { ApiProblem } from '../../../contract/problem.ts'
import type { JobView } from '../../../db/read/jobs.ts'
import { sayReview } from '../jobs/drafts.ts'

/** The problem of a worker that is absent or another tenant's. */
export function noWorkerThere(worker_id: string): ApiProblem {
  const detail = `You see no worker ${worker_id}. GET /supervisor/workers lists those you see.`
  return new ApiProblem('NOT_FOUND', detail)
}

/** The problem of a wish that is not admitted; a state that cannot be reached by it is not among those allowed. */
export function refuseWorker(status: WorkerState, why: string, refused?: WorkerState): ApiProblem {
  const allowed = allowedMoves('worker', status).filter((to) => to !== refused)
  return new ApiProblem('INVALID_STATE_TRANSITION', why, { extras: { current_state: status, allowed } })
}

/** The problem of any wish about the worker of a draft, which nothing begins or ends but its review. */
export function refuseDraft(status: WorkerState, masterplan_id: string): ApiProblem {
  return refuseWorker(status, `The worker is ${status}. ${sayReview(masterplan_id)}`, 'TERMINATED')
}

const NOW: { readonly [S in WorkerState]: string } = {
  IDLE: 'It has not begun: wait until it is RUNNING, or terminate it.',
  RUNNING: 'It is at work: only a paused worker is resumed.',
  PAUSED: 'It is paused: resume it, or terminate it.',
  COMPLETED: 'It has done its work, and nothing follows.',
  FAILED: 'It has failed, and nothing follows: what can be tried again is retried through its job.',
  TERMINATED: 'It was ended before, and nothing follows.',
}

/** What to do about a worker in this state in place of what was asked; `newest` is the newest worker of its job. */
export function sayState(worker_id: string, status: WorkerState, newest: string | null): string {
  const isReplaced = status === 'FAILED' && newest !== null && newest !== worker_id
  const now = isReplaced ? `Another one was put in its place: take ${newest}.` : NOW[status]
  return `The worker is ${status}. ${now}`
}

/** What to do about a worker whose job is no run of its own. */
export function sayWhatIsAbove({ kind }: JobView): string {
  if (kind === 'assignment')
    return 'An assignment is no run of its own: take the worker of the plan, feedback or masterplan below it.'
  if (kind === 'phase') return 'A phase is no run of its own: take the worker of the build above it.'
  const what = kind === 'workflow' ? 'The build of a task' : `A ${kind}`
  return `${what} is a part of its masterplan: take the worker of the masterplan above it.`
}
