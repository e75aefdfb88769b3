import type { EventLog } from './log.ts'
import { PAGE_SIZE, Subscription } from './subscription.ts'

interface TopicOptions {
  readonly streamId: string
  readonly log: EventLog
  readonly onError: (error: unknown) => void
  readonly onEmpty: (topic: Topic) => void
}

/**
 * One stream with at least one subscriber. New rows are read once and fanned out.
 * Each subscriber has, is given or is told of everything up to `#head`: that is what makes skipping a wake-up safe.
 */
export class Topic {
  readonly #options: TopicOptions
  readonly #subscriptions = new Set<Subscription>()
  #head: number | undefined
  #wanted = 0
  #isReading = false

  constructor(options: TopicOptions) {
    this.#options = options
  }

  get streamId(): string {
    return this.#options.streamId
  }

  get subscriptions(): ReadonlySet<Subscription> {
    return this.#subscriptions
  }

  subscribe(): Subscription {
    const { streamId, log, onError } = this.#options
    const subscription = new Subscription({
      streamId,
      log,
      onError,
      onRead: (seq) => this.#begin(seq),
      onDispose: (gone) => {
        if (this.#subscriptions.delete(gone) && this.#subscriptions.size === 0) this.#options.onEmpty(this)
      },
    })
    this.#subscriptions.add(subscription)
    return subscription
  }

  /** The stream reaches up to `seq`: sees to it that every subscriber does. */
  wake(seq: number): void {
    this.#wanted = Math.max(this.#wanted, seq)
    if (this.#head === undefined) this.#announce(seq)
    else if (!this.#isReading) void this.#fanOut(this.#head)
  }

  /** Does again what failed while the database was away. */
  retry(): void {
    for (const subscription of this.#subscriptions) subscription.retry()
  }

  // Until someone has read to the end, nobody knows where live begins and each subscriber reads for itself.
  #begin(seq: number): void {
    if (this.#head !== undefined) return
    this.#head = seq
    this.#announce(seq)
  }

  #announce(seq: number): void {
    for (const subscription of this.#subscriptions) subscription.announce(seq)
  }

  async #fanOut(from: number): Promise<void> {
    this.#isReading = true
    try {
      for (let head = from; head < this.#wanted && this.#subscriptions.size > 0;) {
        const page = await this.#options.log.read(this.streamId, head, PAGE_SIZE)
        const last = page.at(-1)
        if (last === undefined) break
        head = last.seq
        this.#head = head
        for (const subscription of this.#subscriptions) subscription.offer(page)
      }
    } catch (error) {
      // The next wake-up, or the slow timer, tries again.
      this.#options.onError(error)
    } finally {
      this.#isReading = false
    }
  }
}
