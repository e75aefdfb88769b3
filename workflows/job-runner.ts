import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowFailure,
  executeChild,
  isCancellation,
  patched,
  proxyActivities,
  setCurrentDetails,
  sleep,
  TimeoutFailure,
} from '@temporalio/workflow'

import type { BegunJob, JobActivities, SetAside, Settled } from '../activities/jobs/messages.ts'
import { jobWorkflowId } from '../contract/ids.ts'
import { patienceSeconds } from '../contract/jobs/depth.ts'
import { describeJob, type JobSoFar } from './job-run.ts'
import { JobsBelow } from './jobs-below.ts'
import { JOB_WORKFLOW, type JobRunInput } from './messages.ts'
import { attributesBelow } from './search-attributes.ts'
import { Steering } from './steering.ts'

const records = proxyActivities<JobActivities>({ startToCloseTimeout: '20 seconds' })
// Temporal asks again for as long as it takes; the activity says how soon.
const waits = proxyActivities<JobActivities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 1.5, maximumInterval: '5 seconds' },
})

const S = 1_000
// As for a stage: only a step that takes its worker down with it each time comes to so many.
const MOST_TRIES = 20

type Split = Extract<BegunJob, { readonly kind: 'split' }>
type Step = Extract<BegunJob, { readonly kind: 'step' }>
type Over = Extract<Settled, { readonly kind: 'over' }>

const CLOSED: Over = { kind: 'over', status: 'CANCELED', code: 'CANCELED' }

/** The run of one submitted job while it lives. */
export class JobRunner {
  readonly #input: JobRunInput
  #shown: JobSoFar
  readonly steering: Steering

  constructor(input: JobRunInput) {
    this.#input = input
    this.#shown = {
      job_id: input.job_id,
      state: 'waiting for a place',
      below: { all: 0, over: 0 },
      is_paused: false,
    }
    this.steering = new Steering((is_paused) => this.#show({ is_paused }))
    this.#show({})
  }

  #show(change: Partial<JobSoFar>): void {
    this.#shown = { ...this.#shown, ...change }
    setCurrentDetails(describeJob(this.#shown))
  }

  /**
   * Waits for a place and works at the job to its end; `drained` when the history is to be begun anew before that.
   */
  async run(isDraining: () => boolean): Promise<Over | 'drained'> {
    const begun = await waits.begin_job(this.#asked)
    if (begun.kind === 'gone') return CLOSED
    // An answer of a time when nothing could be paused says nothing of it.
    if (begun.is_paused) this.steering.show(true)
    const ended = await (begun.kind === 'step' ? this.#work(begun) : this.#workBelow(begun, isDraining))
    if (ended === 'drained') return ended
    this.#show({ state: 'over' })
    return ended
  }

  get #asked(): { readonly job_id: string; readonly timeout_base_s: number } {
    const { job_id, timeout_base_s } = this.#input
    return { job_id, timeout_base_s }
  }

  async #settle(is_silent = false): Promise<Over> {
    return waits.settle_job({ job_id: this.#input.job_id, is_silent })
  }

  async #work(begun: Step): Promise<Over> {
    for (let isAside = false; ; isAside = true) {
      if ((isAside || this.steering.isHeld) && !(await this.#takeUp())) return CLOSED
      this.#show({ state: 'at work' })
      const ended = await this.#try(begun)
      if (ended.kind === 'over') return ended
      this.#show({ state: 'out of budget' })
      // Somebody may have resumed it before this run heard that it was set aside.
      await this.#learn()
    }
  }

  async #learn(): Promise<void> {
    await this.steering.learn(() => records.is_paused({ job_id: this.#input.job_id }))
  }

  /** Waits until nobody holds the job, and for its places where it gave them back; false when it is over. */
  async #takeUp(): Promise<boolean> {
    for (;;) {
      await this.steering.ready()
      // Runs of before this kept their places.
      if (!patched('places_anew')) return true
      this.#show({ state: 'waiting for a place' })
      const begun = await waits.begin_job(this.#asked)
      if (begun.kind === 'gone') return false
      if (!begun.is_paused && !this.steering.isHeld) return true
      if (begun.is_paused) await this.#learn()
    }
  }

  /** Works at the job to its end, or until there is nothing left to go on with. */
  async #try({ timeout_s }: Step): Promise<Over | SetAside> {
    const { job_id, pace } = this.#input
    const { initial_interval_ms: initialInterval, heartbeat_timeout_ms: heartbeatTimeout } = pace
    const { work_job } = proxyActivities<JobActivities>({
      scheduleToCloseTimeout: timeout_s * S,
      heartbeatTimeout,
      retry: { initialInterval, maximumInterval: '30 seconds', maximumAttempts: MOST_TRIES },
    })
    try {
      const settled = await work_job({ job_id, max_attempts: pace.max_attempts })
      return settled.kind === 'waits' ? await this.#settle() : settled
    } catch (error) {
      if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error
      if (error.cause instanceof TimeoutFailure && error.cause.timeoutType !== 'HEARTBEAT')
        return this.#close('timed_out', timeout_s)
      return this.#settle(true)
    }
  }

  async #close(end: 'timed_out' | 'ended_in_temporal', timeout_s = 0): Promise<Over> {
    await records.close_job({ job_id: this.#input.job_id, end, timeout_s })
    return CLOSED
  }

  /** Works at the jobs below, a few at once; gives up when none of them comes to its end for too long. */
  async #workBelow(
    { children, at_once, timeout_s }: Split,
    isDraining: () => boolean,
  ): Promise<Over | 'drained'> {
    const below = new JobsBelow(children, at_once, (child) => this.#workAt(child))
    this.#show({ state: 'working at the jobs below' })
    for (let timesHeld = 0; ;) {
      while (this.steering.isHeld && below.isIdle && !below.isOver) await this.steering.ready()
      if (!isDraining() && !this.steering.isHeld) below.begin()
      this.#show({ below: below.count })
      if (below.isIdle) return below.isOver ? this.#settle() : 'drained'
      const patience_s = patienceSeconds(timeout_s, timesHeld)
      const hasCome = await below.next(patience_s * S)
      timesHeld = hasCome ? 0 : timesHeld + 1
      if (hasCome || (await this.#isHeldBelow(patience_s))) continue
      const closed = await this.#close('timed_out', timeout_s)
      await below.stop()
      return closed
    }
  }

  // Runs of before this did not ask.
  async #isHeldBelow(timeout_s: number): Promise<boolean> {
    return patched('held_below') && (await records.is_held_below({ job_id: this.#input.job_id, timeout_s }))
  }

  /** Works at a job below, and again under a new job where it failed and that may help. */
  async #workAt(child: string): Promise<void> {
    let job_id: string | null = child
    while (job_id !== null) {
      const hasFailed = await this.#runChild(job_id)
      const again: Awaited<ReturnType<JobActivities['retry_sub_job']>> = hasFailed
        ? await records.retry_sub_job({ failed_job_id: job_id })
        : null
      if (again !== null) await sleep(again.delay_ms)
      job_id = again?.job_id ?? null
    }
  }

  /** Whether the job has failed, and not otherwise ended. */
  async #runChild(job_id: string): Promise<boolean> {
    try {
      await executeChild(JOB_WORKFLOW, {
        workflowId: jobWorkflowId(job_id),
        args: [{ ...this.#input, job_id }],
        typedSearchAttributes: attributesBelow('job'),
        staticSummary: 'A job below another',
      })
      return false
    } catch (error) {
      if (CancellationScope.current().consideredCancelled) throw error
      // It runs already, begun by a run of this job that is no more: its end is waited for where this job is settled.
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false
      if (!(error instanceof ChildWorkflowFailure)) throw error
      if (error.cause instanceof ApplicationFailure) return true
      await records.close_job({ job_id, end: 'ended_in_temporal', timeout_s: 0 })
      return false
    }
  }

  /** Writes down that the run was canceled, where nobody has yet. */
  async closeCanceled(): Promise<void> {
    await this.#close('ended_in_temporal')
  }
}
