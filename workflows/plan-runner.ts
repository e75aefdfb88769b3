import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  startChild,
  upsertSearchAttributes,
  uuid4,
} from '@temporalio/workflow'
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'

import type { FinalizeOutcome } from '../activities/finalize-plan.ts'
import type { PlanActivities } from '../activities/index.ts'
import { masterplanWorkflowId } from '../contract/ids.ts'
import { PLAN_STAGES, STAGE_RANGES, type PlanStage } from '../contract/stages.ts'
import {
  MASTERPLAN_WORDS,
  MASTERPLAN_WORKFLOW,
  type PlanRunInput,
  type RetryStageMessage,
  type RetryStageReply,
} from './messages.ts'
import { describeRun, newPlanRun, refuseRetry, type PlanRun } from './plan-run.ts'
import { FAILURE_TYPE, STAGE, STAGE_STATE } from './search-attributes.ts'
import { stageOptions } from './stage-options.ts'
import { Steering } from './steering.ts'
import { parkedBy, wasSuperseded } from './stopped-stage.ts'

const EARLY_RETRY_WAIT = '5 seconds'

const records = proxyActivities<PlanActivities>({ startToCloseTimeout: '20 seconds' })

/** One planning run while it lives: its state, and the steps that change it. */
export class PlanRunner {
  readonly #input: PlanRunInput
  readonly #stages: ReturnType<typeof proxyActivities<PlanActivities>>
  #run: PlanRun
  #reopening = false
  readonly steering: Steering
  #masterplan_id: string | null = null

  constructor(input: PlanRunInput) {
    this.#input = input
    this.#run = newPlanRun(input.job_id, input.attempt, input.paused)
    this.steering = new Steering((isPaused) => this.#showPaused(isPaused), input.paused)
    this.#stages = proxyActivities<PlanActivities>(stageOptions(input.pace))
  }

  #show(change: Partial<PlanRun>): void {
    this.#run = { ...this.#run, ...change }
    setCurrentDetails(describeRun(this.#run))
  }

  #showPaused(paused: boolean): void {
    this.#show({ paused })
    upsertSearchAttributes([{ key: STAGE_STATE, value: paused ? 'paused' : 'running' }])
  }

  /** Works at a stage until it is done, however often it has to wait for a person in between. */
  async finish(stage: PlanStage): Promise<void> {
    this.#show({ current: stage })
    while (!this.#run.done.includes(stage)) {
      if (this.steering.isHeld) await this.steering.ready()
      try {
        await this.#attempt(stage)
        this.#show({ done: [...this.#run.done, stage] })
      } catch (error) {
        if (isCancellation(error) || !(error instanceof ActivityFailure) || wasSuperseded(error)) throw error
        await this.#park(stage, error)
      }
    }
  }

  async #attempt(stage: PlanStage): Promise<void> {
    const { workspace_id, generation, pace } = this.#input
    const step = { workspace_id, generation, job_id: this.#run.job_id, max_attempts: pace.max_attempts }
    const options = { summary: STAGE_RANGES[stage].doing }
    const outcome: Partial<FinalizeOutcome> = await this.#stages[stage].executeWithOptions(options, [step])
    this.#masterplan_id = outcome.masterplan_id ?? this.#masterplan_id
  }

  /** Begins the review of the masterplan that was drafted with the plan; it goes on when this run is over. */
  async startReview(): Promise<void> {
    if (this.#masterplan_id === null) return
    const input = { masterplan_id: this.#masterplan_id, pace: this.#input.pace }
    try {
      await startChild(MASTERPLAN_WORKFLOW, {
        workflowId: masterplanWorkflowId(input.masterplan_id),
        args: [input],
        parentClosePolicy: 'ABANDON',
        ...MASTERPLAN_WORDS,
      })
    } catch (error) {
      // Somebody was faster than this run: whoever wishes something of a masterplan starts its run as well.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    }
  }

  async #park(stage: PlanStage, failure: ActivityFailure): Promise<void> {
    const parked = parkedBy(stage, failure.cause)
    if (parked.silent) await this.#close(stage, 'RETRIES_EXHAUSTED')
    // Whoever takes it up again wants it to go on.
    this.steering.show(false)
    this.#show({ parked })
    upsertSearchAttributes([
      { key: STAGE, value: stage },
      { key: STAGE_STATE, value: 'parked' },
      { key: FAILURE_TYPE, value: parked.code },
    ])
    await condition(() => this.#run.parked === null)
    upsertSearchAttributes([
      { key: STAGE_STATE, value: 'running' },
      { key: FAILURE_TYPE, value: null },
    ])
  }

  async #close(stage: PlanStage, code: 'RETRIES_EXHAUSTED' | 'CANCELED'): Promise<void> {
    const { workspace_id, generation } = this.#input
    await records.close_run({ workspace_id, generation, job_id: this.#run.job_id, stage, code })
  }

  /** Whether a retry may be taken up now; throws the refusal. Reads only, as an Update's validator must. */
  refuse(message: RetryStageMessage): void {
    const refusal = this.#reopening ? 'NOT_PARKED' : refuseRetry(this.#run, message)
    if (refusal !== null) throw ApplicationFailure.nonRetryable('The run cannot be retried so', refusal)
  }

  /** Takes the parked stage up again under a new job. */
  async reopen(message: RetryStageMessage): Promise<RetryStageReply> {
    this.#reopening = true
    try {
      const parked = await condition(() => this.#run.parked !== null, EARLY_RETRY_WAIT)
      if (!parked) throw ApplicationFailure.nonRetryable('The stage has not failed', 'NOT_PARKED')
      const { workspace_id, generation } = this.#input
      const job_id = `j_${uuid4().replaceAll('-', '').slice(0, 12)}`
      const { stage, actor, reason_id, request_id } = message
      const failed_job_id = this.#run.job_id
      const retry = { workspace_id, generation, failed_job_id, job_id, stage, actor, reason_id, request_id }
      const outcome = await records.reopen_run(retry)
      if (outcome === 'changed') throw ApplicationFailure.nonRetryable('The run changed meanwhile', 'CHANGED')
      this.#show({ job_id, attempt: this.#run.attempt + 1, parked: null })
      return { job_id }
    } finally {
      this.#reopening = false
    }
  }

  /** Says in the search attributes that nothing is left to do. */
  showDone(): void {
    upsertSearchAttributes([
      { key: STAGE, value: PLAN_STAGES[PLAN_STAGES.length - 1] ?? null },
      { key: STAGE_STATE, value: 'done' },
    ])
  }

  /** Writes down that the run was canceled, since nobody else will. */
  async closeCanceled(): Promise<void> {
    await this.#close(this.#run.current ?? PLAN_STAGES[0], 'CANCELED')
  }
}
