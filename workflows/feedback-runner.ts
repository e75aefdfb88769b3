import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow'

import type { FeedbackActivities } from '../activities/feedback-activities.ts'
import { FEEDBACK_STAGES, STAGE_RANGES, type FeedbackStage } from '../contract/stages.ts'
import { describeStages, PAUSED, type StagesSoFar } from './describe-stages.ts'
import type { FeedbackRunInput } from './messages.ts'
import { FAILURE_TYPE, STAGE, STAGE_STATE } from './search-attributes.ts'
import { stageOptions } from './stage-options.ts'
import { Steering } from './steering.ts'
import { parkedBy, wasSuperseded } from './stopped-stage.ts'

const records = proxyActivities<FeedbackActivities>({ startToCloseTimeout: '20 seconds' })

function nextStep({ stopped, done }: StagesSoFar, isPaused: boolean): string {
  if (isPaused) return PAUSED
  if (stopped !== null)
    return 'The run is over. Its job says in words what happened and what to do; feedback can be asked for again.'
  return done.length === FEEDBACK_STAGES.length
    ? 'The feedback is ready.'
    : 'Nothing to do: the run goes on by itself.'
}

/** One feedback run while it lives: how far it is, and the steps that change it. */
export class FeedbackRunner {
  readonly #input: FeedbackRunInput
  readonly #stages: ReturnType<typeof proxyActivities<FeedbackActivities>>
  #run: StagesSoFar
  readonly steering: Steering

  constructor(input: FeedbackRunInput) {
    this.#input = input
    const { job_id, attempt } = input
    this.#run = { job_id, attempt, done: [], current: null, stopped: null }
    this.steering = new Steering((isPaused) => this.#showPaused(isPaused))
    this.#stages = proxyActivities<FeedbackActivities>(stageOptions(input.pace))
  }

  #show(change: Partial<StagesSoFar>): void {
    this.#run = { ...this.#run, ...change }
    setCurrentDetails(describeStages(FEEDBACK_STAGES, this.#run, nextStep(this.#run, this.steering.isPaused)))
  }

  #showPaused(isPaused: boolean): void {
    this.#show({})
    upsertSearchAttributes([{ key: STAGE_STATE, value: isPaused ? 'paused' : 'running' }])
  }

  /** Works at a stage until it is done; throws ApplicationFailure with its code when it fails for good. */
  async finish(stage: FeedbackStage): Promise<void> {
    this.#show({ current: stage })
    if (this.steering.isHeld) await this.steering.ready()
    const { workspace_id, generation, job_id, pace } = this.#input
    const step = { workspace_id, generation, job_id, max_attempts: pace.max_attempts }
    try {
      await this.#stages[stage].executeWithOptions({ summary: STAGE_RANGES[stage].doing }, [step])
    } catch (error) {
      if (isCancellation(error) || !(error instanceof ActivityFailure) || wasSuperseded(error)) throw error
      throw await this.#stop(stage, error)
    }
    this.#show({ done: [...this.#run.done, stage] })
  }

  async #stop(stage: FeedbackStage, failure: ActivityFailure): Promise<ApplicationFailure> {
    const stopped = parkedBy(stage, failure.cause)
    if (stopped.silent) await this.#close(stage, 'RETRIES_EXHAUSTED')
    this.steering.show(false)
    this.#show({ stopped })
    upsertSearchAttributes([
      { key: STAGE, value: stage },
      { key: STAGE_STATE, value: 'failed' },
      { key: FAILURE_TYPE, value: stopped.code },
    ])
    return ApplicationFailure.nonRetryable(stopped.title, stopped.code)
  }

  async #close(stage: FeedbackStage, code: 'RETRIES_EXHAUSTED' | 'CANCELED'): Promise<void> {
    const { workspace_id, generation, job_id } = this.#input
    await records.close_feedback({ workspace_id, generation, job_id, stage, code })
  }

  /** Says in the search attributes that nothing is left to do. */
  showDone(): void {
    upsertSearchAttributes([
      { key: STAGE, value: FEEDBACK_STAGES.at(-1) ?? null },
      { key: STAGE_STATE, value: 'done' },
    ])
  }

  /** Writes down that the run was canceled, since nobody else will. */
  async closeCanceled(): Promise<void> {
    const stage = FEEDBACK_STAGES.find((known) => known === this.#run.current)
    await this.#close(stage ?? FEEDBACK_STAGES[0], 'CANCELED')
  }
}
