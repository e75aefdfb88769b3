import type { BegunJob } from '../../db/write/submitted/begin-job.ts'
import type { RunEnd } from '../../db/write/submitted/cancel-job.ts'
import type { SetAside } from '../../db/write/submitted/set-aside.ts'
import type { RetriedJob } from '../../db/write/submitted/retry-job.ts'
import type { Settled } from '../../db/write/submitted/settle-job.ts'

interface OneJob {
  readonly job_id: string
}

/** Everything the run of a submitted job asks for, by the names Temporal knows them under. */
export interface JobActivities {
  /** Fails as long as no place is free, and is tried again by Temporal: waiting costs no history. */
  readonly begin_job: (
    input: OneJob & { readonly timeout_base_s: number },
  ) => Promise<Exclude<BegunJob, { readonly kind: 'full' }>>
  /** Works at a job that is one step of a model, to its end or until there is nothing left to go on with. */
  readonly work_job: (input: OneJob & { readonly max_attempts: number }) => Promise<Settled | SetAside>
  /** Ends a job by what stands below it; fails as long as something there is open, and is tried again by Temporal. */
  readonly settle_job: (
    input: OneJob & { readonly is_silent: boolean },
  ) => Promise<Exclude<Settled, { readonly kind: 'waits' }>>
  readonly retry_sub_job: (input: { readonly failed_job_id: string }) => Promise<RetriedJob | null>
  /** Whether something below this job was held or had no place in the last seconds, so that it is no wonder when none comes to its end. */
  readonly is_held_below: (input: OneJob & { readonly timeout_s?: number }) => Promise<boolean>
  /** Whether the worker of a job is paused just now. */
  readonly is_paused: (input: OneJob) => Promise<boolean>
  readonly close_job: (input: OneJob & { readonly end: RunEnd; readonly timeout_s: number }) => Promise<void>
}

export type { BegunJob, RetriedJob, SetAside, Settled }
