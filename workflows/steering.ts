import { condition, proxyActivities } from '@temporalio/workflow'

import type { SteeringActivities, SteerOutcome, SteerWish } from '../activities/steering-activities.ts'

const records = proxyActivities<SteeringActivities>({
  startToCloseTimeout: '20 seconds',
  retry: { maximumInterval: '5 seconds' },
})

/** Whether a run is held, and the wishes of people to pause and resume it. */
export class Steering {
  readonly #tell: (isPaused: boolean) => void
  #isPaused: boolean
  #isBusy = false

  constructor(tell: (isPaused: boolean) => void, isPaused = false) {
    this.#tell = tell
    this.#isPaused = isPaused
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  /** Whether nothing new is to begin: it is paused, or somebody is about to pause it. */
  get isHeld(): boolean {
    return this.#isPaused || this.#isBusy
  }

  /** Waits until something new may begin. */
  async ready(): Promise<void> {
    await condition(() => !this.isHeld)
  }

  /** Waits for the turn of one wish: all that wait are woken at once, and the first of them takes it. */
  async #turn(): Promise<void> {
    do await condition(() => !this.#isBusy)
    while (this.#isBusy)
  }

  /** Carries out what somebody wishes of the run, one wish at a time. */
  async steer(wish: SteerWish): Promise<SteerOutcome> {
    await this.#turn()
    this.#isBusy = true
    try {
      const outcome = await records.steer_run(wish)
      if (outcome.kind === 'moved') this.show(wish.verb === 'pause')
      return outcome
    } finally {
      this.#isBusy = false
    }
  }

  /** Takes over from the rows whether the run is paused; wishes of people wait meanwhile, so that none is overlooked. */
  async learn(read: () => Promise<boolean>): Promise<void> {
    await this.#turn()
    this.#isBusy = true
    try {
      this.show(await read())
    } finally {
      this.#isBusy = false
    }
  }

  /** Takes over whether the run is paused. */
  show(isPaused: boolean): void {
    if (this.#isPaused === isPaused) return
    this.#isPaused = isPaused
    this.#tell(isPaused)
  }
}
