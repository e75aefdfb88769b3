import type { Logger } from 'pino'

import { ApiProblem } from '../../contract/problem.ts'
import { isDatabaseAway, type ReadDb } from '../../db/open.ts'
import type { Listen } from '../../db/read/listen.ts'
import { type EventLog, openLog } from './log.ts'
import type { EndReason, Subscription } from './subscription.ts'
import { Topic } from './topic.ts'

const REREAD_MS = 5_000

export interface HubOptions {
  readonly db: ReadDb
  /** Where wake-ups come from: `listenForEvents(database, …)`. */
  readonly listen: Listen
  readonly logger: Logger
  /** Milliseconds between two looks for events whose wake-up was lost. */
  readonly rereadMs?: number
}

/** All streams of one process: one LISTEN connection, one reading per new event and stream. */
export interface Hub extends AsyncDisposable {
  /** Takes a place in a stream; to be disposed of. Throws ApiProblem once the hub is closed. */
  subscribe(streamId: string): Subscription
  /** How many subscriptions are open. */
  readonly size: number
  /** Ends every subscription, refuses new ones and resolves when the last one is disposed of. */
  close(reason: EndReason): Promise<void>
}

/** Makes the hub of a process and begins to listen; disposing of it closes all streams. */
export function createHub({ db, listen, logger, rereadMs = REREAD_MS }: HubOptions): Hub {
  return new EventHub(openLog(db), listen, logger, rereadMs)
}

class EventHub implements Hub {
  readonly #log: EventLog
  readonly #logger: Logger
  readonly #topics = new Map<string, Topic>()
  readonly #listening: AsyncDisposable
  readonly #timer: NodeJS.Timeout
  readonly #emptied = Promise.withResolvers<void>()
  #isClosed = false
  #isSweeping = false
  #sweepAgain = false
  #isAway = false

  constructor(log: EventLog, listen: Listen, logger: Logger, rereadMs: number) {
    this.#log = log
    this.#logger = logger
    this.#listening = listen({
      onWake: (streamId, seq) => this.#topics.get(streamId)?.wake(seq),
      onReconnect: () => void this.#sweep(),
    })
    this.#timer = setInterval(() => void this.#sweep(), rereadMs).unref()
  }

  get size(): number {
    return [...this.#topics.values()].reduce((sum, topic) => sum + topic.subscriptions.size, 0)
  }

  subscribe(streamId: string): Subscription {
    if (this.#isClosed)
      throw new ApiProblem('SERVICE_UNAVAILABLE', 'This server is shutting down: connect again.', {
        retryAfterSeconds: 1,
      })
    const known = this.#topics.get(streamId)
    if (known !== undefined) return known.subscribe()
    const topic = new Topic({
      streamId,
      log: this.#log,
      onError: (error) => this.#failed(error),
      onEmpty: (empty) => this.#forget(empty),
    })
    this.#topics.set(streamId, topic)
    return topic.subscribe()
  }

  async close(reason: EndReason): Promise<void> {
    this.#isClosed = true
    for (const topic of this.#topics.values())
      for (const subscription of topic.subscriptions) subscription.close(reason)
    if (this.#topics.size === 0) this.#emptied.resolve()
    await this.#emptied.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    await this.close('shutdown')
    await this.#listening[Symbol.asyncDispose]()
  }

  #forget(topic: Topic): void {
    this.#topics.delete(topic.streamId)
    if (this.#isClosed && this.#topics.size === 0) this.#emptied.resolve()
  }

  // Wake-ups may be lost, and readings fail while the database is away: this asks for all streams in one query.
  async #sweep(): Promise<void> {
    this.#sweepAgain = true
    if (this.#isSweeping) return
    this.#isSweeping = true
    while (this.#sweepAgain && this.#topics.size > 0) {
      this.#sweepAgain = false
      await this.#sweepOnce()
    }
    this.#isSweeping = false
  }

  async #sweepOnce(): Promise<void> {
    try {
      const heads = await this.#log.heads([...this.#topics.keys()])
      if (this.#isAway) this.#logger.info('events can be read again')
      this.#isAway = false
      for (const topic of this.#topics.values()) {
        topic.retry()
        topic.wake(heads.get(topic.streamId) ?? 0)
      }
    } catch (error) {
      this.#failed(error)
    }
  }

  #failed(error: unknown): void {
    if (!isDatabaseAway(error)) this.#logger.error({ err: error }, 'events could not be read')
    else if (!this.#isAway) this.#logger.warn({ err: error }, 'events cannot be read: the database is away')
    this.#isAway ||= isDatabaseAway(error)
  }
}
