import type { JobState } from '../contract/machines.ts'

/** What Temporal has under the id of an assignment. */
export type FoundRun =
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly generation: number }
  | { readonly kind: 'closed'; readonly generation: number; readonly status: string }

/** `start` what is not there, `replace` an older run, `close` the rows of one that was ended from outside. */
export type Step = 'leave' | 'start' | 'replace' | 'close'

interface Wanted {
  readonly generation: number
  readonly job_status: JobState
}

/** Decides what an accepted run needs so that it is under way, or told to be over. */
export function decideStep(found: FoundRun, wanted: Wanted): Step {
  if (found.kind === 'none') return 'start'
  // A newer one than was asked about: the question is out of date.
  if (found.generation > wanted.generation) return 'leave'
  if (found.kind === 'open') return found.generation === wanted.generation ? 'leave' : 'replace'
  const isOwn = found.generation === wanted.generation && wanted.job_status !== 'PENDING'
  return isOwn && found.status !== 'COMPLETED' ? 'close' : 'start'
}
