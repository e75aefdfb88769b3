import type { JobState, WorkerEvent, WorkerState } from '../machines/run-machines.ts'

const OVER: ReadonlySet<WorkerState> = new Set<WorkerState>(['COMPLETED', 'FAILED', 'TERMINATED'])

/** Ends of a job that its worker must have been at work for. */
function finish(worker: WorkerState, event: 'complete' | 'fail'): readonly WorkerEvent[] {
  if (worker === 'IDLE') return ['start', event]
  // It was paused in the midst of its last stage, which came to its end: nothing followed that could have waited.
  return worker === 'PAUSED' ? ['resume', event] : [event]
}

/** What happens to the worker of a job that moves to this state, in order; a worker that is over stays as it is. */
export function followJob(worker: WorkerState, job: JobState): readonly WorkerEvent[] {
  if (OVER.has(worker)) return []
  switch (job) {
    case 'RUNNING':
      return worker === 'IDLE' ? ['start'] : []
    case 'COMPLETED':
      return finish(worker, 'complete')
    case 'FAILED':
      return finish(worker, 'fail')
    case 'CANCELED':
      return ['terminate']
    default:
      return []
  }
}
