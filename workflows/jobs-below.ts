import { CancellationScope, condition, isCancellation } from '@temporalio/workflow'

/** The jobs below another while they are worked at, a few at once and in their order. */
export class JobsBelow {
  readonly #all: number
  readonly #queue: string[]
  readonly #atOnce: number
  readonly #work: (job_id: string) => Promise<void>
  readonly #scope = new CancellationScope()
  #atWork = 0
  #over = 0
  #broken: unknown

  constructor(jobs: readonly string[], atOnce: number, work: (job_id: string) => Promise<void>) {
    this.#all = jobs.length
    this.#queue = [...jobs]
    this.#atOnce = atOnce
    this.#work = work
  }

  get count(): { readonly all: number; readonly over: number } {
    return { all: this.#all, over: this.#over }
  }

  /** Whether none is worked at. */
  get isIdle(): boolean {
    return this.#atWork === 0
  }

  get isOver(): boolean {
    return this.isIdle && this.#queue.length === 0
  }

  /** Begins as many as may be worked at at once. */
  begin(): void {
    while (this.#atWork < this.#atOnce) {
      const job_id = this.#queue.shift()
      if (job_id === undefined) return
      this.#atWork += 1
      void this.#scope.run(() => this.#workAt(job_id))
    }
  }

  async #workAt(job_id: string): Promise<void> {
    try {
      await this.#work(job_id)
    } catch (error) {
      // Nobody waits for this promise: what broke is told by `next`.
      if (!isCancellation(error)) this.#broken ??= error
    } finally {
      this.#atWork -= 1
      this.#over += 1
    }
  }

  /** Waits until one comes to its end; false when none does in time. Throws what broke the work at one. */
  async next(withinMs: number): Promise<boolean> {
    const before = this.#over
    const came = await condition(() => this.#over > before, withinMs)
    if (this.#broken !== undefined) throw this.#broken
    return came
  }

  /** Has all that are worked at canceled, and waits for their ends. */
  async stop(): Promise<void> {
    this.#scope.cancel()
    await condition(() => this.isIdle)
  }
}
