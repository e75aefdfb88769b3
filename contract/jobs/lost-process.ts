import { followJob } from './follow-job.ts'
import type { WorkerEvent, WorkerState } from '../machines/run-machines.ts'

/** A try of work, and what is known of the worker it is made for. */
export interface TakenUp {
  readonly status: WorkerState
  /** The process that said it works at it, and has not said that it left; null where none has. */
  readonly last_process: string | null
  readonly process: string
  /** Which try this is, from 1: another one follows only where the one before failed or fell silent. */
  readonly attempt: number
}

/**
 * Whether the process that was at this work is lost: one that fails, or is stopped in good order, says that it leaves.
 * A worker at which no work had begun loses nothing.
 */
export function isProcessLost({ status, last_process, process, attempt }: TakenUp): boolean {
  const isAtWork = status === 'RUNNING' || status === 'PAUSED'
  return isAtWork && attempt > 1 && last_process !== null && last_process !== process
}

/** What happens to a worker whose process is lost and to the one that takes its place, which stays paused if it was. */
export function replaceWorker(status: 'RUNNING' | 'PAUSED'): {
  readonly lost: readonly WorkerEvent[]
  readonly next: readonly WorkerEvent[]
} {
  const next: readonly WorkerEvent[] = status === 'PAUSED' ? ['start', 'pause'] : ['start']
  return { lost: followJob(status, 'FAILED'), next }
}
