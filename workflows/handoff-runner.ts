import { allHandlersFinished, condition, proxyActivities, setCurrentDetails } from '@temporalio/workflow'

import type { Driven, HandoffActivities, HandoffView } from '../activities/handoff/messages.ts'
import { describeHandoff, newerView } from './handoff-run.ts'
import type { DriveMessage, HandoffEnd, HandoffRunInput } from './messages.ts'

const records = proxyActivities<HandoffActivities>({ startToCloseTimeout: '20 seconds' })

/** One run of a build while it lives: what it knows of it, and the phase at work. */
export class HandoffRunner {
  readonly #input: HandoffRunInput
  #view: HandoffView | null = null
  #isGone = false

  constructor(input: HandoffRunInput) {
    this.#input = input
  }

  /** Whether nothing follows and nobody is being answered. */
  get isOver(): boolean {
    return (this.#isGone || this.#view?.is_over === true) && this.isIdle && allHandlersFinished()
  }

  /** Whether no phase is at work. */
  get isIdle(): boolean {
    return true
  }

  /** Where the build stands in the end. */
  get end(): HandoffEnd {
    return { state: this.#view?.state ?? null }
  }

  #take(view: HandoffView): void {
    this.#view = newerView(this.#view, view)
    setCurrentDetails(describeHandoff(this.#view))
  }

  /** Puts the build to work, or reads where it stands. */
  async open(): Promise<void> {
    const view = await records.take_up_handoff({ workflow_id: this.#input.workflow_id })
    if (view === null) this.#isGone = true
    else this.#take(view)
  }

  /** Waits until something changes. */
  async step(isDraining: () => boolean): Promise<void> {
    await condition(() => this.isOver || isDraining())
  }

  /** Carries out what somebody asks of the build. */
  async drive(message: DriveMessage): Promise<Driven> {
    const driven = await records.drive_handoff(message)
    this.#take(driven.view)
    return driven
  }

  /** Writes down that the run was canceled, since nobody else will. */
  async closeCanceled(): Promise<void> {
    await records.cancel_handoff({ workflow_id: this.#input.workflow_id })
  }
}
