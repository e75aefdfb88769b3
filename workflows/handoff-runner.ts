import {
  ActivityFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  patched,
  proxyActivities,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow'

import type {
  Driven,
  HandoffActivities,
  HandoffView,
  StateTry,
  SteerOutcome,
  SteerWish,
} from '../activities/handoff/messages.ts'
import { describeHandoff, describeWork, isCurrent, newerView, stateToWork } from './handoff-run.ts'
import type { DriveMessage, HandoffEnd, HandoffRunInput } from './messages.ts'
import { STAGE_STATE } from './search-attributes.ts'
import { stageOptions } from './stage-options.ts'

const records = proxyActivities<HandoffActivities>({ startToCloseTimeout: '20 seconds' })

const SHORTEST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 15_000
const LOOK_EVERY_MS = 24 * 3_600_000

/** One run of a build while it lives: what it knows of it, and the state at work. */
export class HandoffRunner {
  readonly #input: HandoffRunInput
  readonly #work: ReturnType<typeof proxyActivities<HandoffActivities>>
  #view: HandoffView | null = null
  #isGone = false
  #atWork: { readonly tried: StateTry; readonly scope: CancellationScope; isOverruled: boolean } | null = null
  #waitMs = SHORTEST_WAIT_MS

  constructor(input: HandoffRunInput) {
    this.#input = input
    this.#work = proxyActivities<HandoffActivities>(stageOptions(input.pace))
  }

  /** Whether nothing follows and nobody is being answered. */
  get isOver(): boolean {
    return (this.#isGone || this.#view?.is_over === true) && this.isIdle && allHandlersFinished()
  }

  /** Whether no role is at work. */
  get isIdle(): boolean {
    return this.#atWork === null
  }

  /** Where the build stands in the end. */
  get end(): HandoffEnd {
    return { state: this.#view?.state ?? null }
  }

  #take(view: HandoffView): void {
    const wasPaused = this.#view?.is_paused ?? false
    this.#view = newerView(this.#view, view)
    setCurrentDetails(describeHandoff(this.#view))
    // An answer of a time when no build could be paused says nothing of it.
    const isPaused = this.#view.is_paused ?? false
    if (isPaused !== wasPaused)
      upsertSearchAttributes([{ key: STAGE_STATE, value: isPaused ? 'paused' : null }])
    // Somebody has led the build elsewhere: what is worked at is not wanted any more.
    if (this.#atWork === null || isCurrent(this.#view, this.#atWork.tried)) return
    this.#atWork.isOverruled = true
    this.#atWork.scope.cancel()
  }

  /** Puts the build to work, or reads where it stands. */
  async open(): Promise<void> {
    const view = await records.take_up_handoff({ workflow_id: this.#input.workflow_id })
    if (view === null) this.#isGone = true
    else this.#take(view)
  }

  #wanted(): StateTry | null {
    return stateToWork(this.#view, this.#input.workflow_id)
  }

  /** Has a role work where one is to, or waits until something changes; while it drains, nothing new is begun. */
  async step(isDraining: () => boolean): Promise<void> {
    const tried = isDraining() ? null : this.#wanted()
    if (tried !== null) return this.#workAt(tried)
    const mayGoOn = (): boolean => this.isOver || isDraining() || this.#wanted() !== null
    if (!patched('look_again')) {
      await condition(mayGoOn)
      return
    }
    // Whoever stopped the build may not have reached this run, and then nobody comes back to it.
    if (!(await condition(mayGoOn, this.#input.look_every_ms ?? LOOK_EVERY_MS))) await this.open()
  }

  async #workAt(tried: StateTry): Promise<void> {
    const { max_attempts } = this.#input.pace
    const scope = new CancellationScope({ cancellable: true })
    const atWork = { tried, scope, isOverruled: false }
    this.#atWork = atWork
    let isFull = false
    try {
      const options = { summary: describeWork(tried) }
      const work = { ...tried, max_attempts }
      const worked = await scope.run(() => this.#work.work_state.executeWithOptions(options, [work]))
      isFull = worked.is_full
      this.#atWork = null
      this.#take(worked.view)
    } catch (error) {
      this.#atWork = null
      if (atWork.isOverruled && isCancellation(error)) return
      if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error
      this.#take(await records.abandon_state(tried))
    }
    if (isFull) await this.#waitForPlace(tried)
    else this.#waitMs = SHORTEST_WAIT_MS
  }

  /** Somebody else's builds hold the places: they give no sign, so this asks again, less and less often. */
  async #waitForPlace(tried: StateTry): Promise<void> {
    await condition(() => this.isOver || this.#view === null || !isCurrent(this.#view, tried), this.#waitMs, {
      summary: 'Waits for a free place',
    })
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS)
  }

  /** Carries out what somebody asks of the build. */
  async drive(message: DriveMessage): Promise<Driven> {
    const driven = await records.drive_handoff(message)
    this.#take(driven.view)
    return driven
  }

  /** Pauses the build before its next state, or has it go on: what decides is the build, which the run takes over. */
  async steer(wish: SteerWish): Promise<SteerOutcome> {
    const { workflow_id } = this.#input
    const { outcome, view } = await records.steer_handoff({ ...wish, workflow_id })
    this.#take(view)
    return outcome
  }

  /** Writes down that the run was canceled, since nobody else will. */
  async closeCanceled(): Promise<void> {
    const view = await records.cancel_handoff({ workflow_id: this.#input.workflow_id })
    setCurrentDetails(describeHandoff(view))
  }
}
