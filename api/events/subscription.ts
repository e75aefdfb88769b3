import type { StreamEvent } from '../../contract/events.ts'
import { announce, fill, type Inbox, nextStep, offer, openInbox, unread } from './inbox.ts'
import type { EventLog } from './log.ts'

export const PAGE_SIZE = 200
// More than this a client that reads slowly does not hold in memory: it is read again when its turn comes.
const HELD_EVENTS = 400

/** Why a stream ended. */
export type EndReason = 'shutdown' | 'token_expired' | 'slow_client' | 'over' | 'gone'

interface SubscriptionOptions {
  readonly streamId: string
  readonly log: EventLog
  /** Told up to where the stream was found to reach. */
  readonly onRead: (seq: number) => void
  readonly onError: (error: unknown) => void
  readonly onDispose: (subscription: Subscription) => void
}

/** One client's place in one stream. It is taken first and started then: what comes between is read. */
export class Subscription implements Disposable {
  readonly #options: SubscriptionOptions
  readonly #closing = new AbortController()
  #inbox: Inbox = openInbox(0)
  #endReason: EndReason | undefined
  #wake: (() => void) | undefined
  #hasFailed = false

  constructor(options: SubscriptionOptions) {
    this.#options = options
  }

  /** Fires when the subscription is closed, whoever closes it. */
  get signal(): AbortSignal {
    return this.#closing.signal
  }

  get endReason(): EndReason | undefined {
    return this.#endReason
  }

  /** Whether nothing is known that the client has not been given. */
  get isCaughtUp(): boolean {
    return nextStep(this.#inbox).kind === 'wait'
  }

  /** Says what the client has already: everything after it will be given. */
  start(after: number): void {
    this.#inbox = openInbox(after)
  }

  /**
   * The next events in order; none when a look found nothing new or failed, undefined once closed.
   * Waits while nothing is known to be there, and waits outages out.
   */
  async next(): Promise<readonly StreamEvent[] | undefined> {
    while (this.#endReason === undefined) {
      const step = nextStep(this.#inbox)
      if (step.kind === 'wait') {
        await this.#poked()
        continue
      }
      this.#inbox = step.inbox
      return step.kind === 'deliver' ? step.events : this.#read(step.after)
    }
    return undefined
  }

  /** Takes in live events. */
  offer(events: readonly StreamEvent[]): void {
    this.#inbox = offer(this.#inbox, events, HELD_EVENTS)
    this.#poke()
  }

  /** Learns that the stream reaches up to `seq`. */
  announce(seq: number): void {
    this.#inbox = announce(this.#inbox, seq)
    this.#poke()
  }

  /** Reads once more what is stored, whatever is known of it. */
  lookAgain(): void {
    this.#inbox = unread(this.#inbox)
    this.#poke()
  }

  /** Does again what failed while the database was away. */
  retry(): void {
    if (this.#hasFailed) this.#poke()
  }

  /** Ends the subscription; the first reason counts. */
  close(reason: EndReason): void {
    if (this.#endReason !== undefined) return
    this.#endReason = reason
    this.#closing.abort()
    this.#poke()
  }

  [Symbol.dispose](): void {
    this.close('gone')
    this.#options.onDispose(this)
  }

  async #read(after: number): Promise<readonly StreamEvent[]> {
    const { streamId, log } = this.#options
    try {
      const page = await log.read(streamId, after, PAGE_SIZE)
      const isFull = page.length === PAGE_SIZE
      this.#inbox = fill(this.#inbox, page, isFull)
      if (!isFull) this.#options.onRead(this.#inbox.sent)
      return page
    } catch (error) {
      this.#options.onError(error)
      this.#inbox = unread(this.#inbox)
      this.#hasFailed = true
      await this.#poked()
      this.#hasFailed = false
      return []
    }
  }

  #poked(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = resolve
    if (this.#endReason !== undefined) resolve()
    return promise
  }

  #poke(): void {
    this.#wake?.()
    this.#wake = undefined
  }
}
