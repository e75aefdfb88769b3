import pg from 'pg'

const READ_TIMEOUT = 'Query read timeout'

/** A connection that is closed since it probably leads nowhere. */
class ConnectionSilent extends Error {
  override readonly name = 'ConnectionSilent'
}

/**
 * A client of a pool that does not come back from a black hole. pg gives a query up after `query_timeout` and keeps the
 * connection, which a pool would hand out again for ever; this one is closed, and with it its idle siblings from which
 * nothing was heard since that query was sent.
 */
class WatchedClient extends pg.Client {
  readonly #siblings: ReadonlySet<WatchedClient>
  #running = 0
  #heardAt = 0

  constructor(siblings: Set<WatchedClient>, config?: pg.ClientConfig) {
    super(config)
    this.#siblings = siblings
    this.once('connect', () => {
      this.#heardAt = performance.now()
      siblings.add(this)
    })
    this.once('end', () => siblings.delete(this))
    // A pool listens only while a client is idle; at work the query that fails tells, and no process ends of it.
    this.on('error', () => undefined)
  }

  // One signature for all the overloads; callers see those of pg.Client.
  override query(...sent: unknown[]): never {
    const answer: unknown = super.query(...(sent as [string]))
    return (answer instanceof Promise ? this.#watch(answer) : answer) as never
  }

  async #watch(answer: Promise<unknown>): Promise<unknown> {
    const sentAt = performance.now()
    this.#running += 1
    try {
      const result = await answer
      this.#heardAt = performance.now()
      return result
    } catch (error) {
      if (error instanceof pg.DatabaseError) this.#heardAt = performance.now()
      if (error instanceof Error && error.message === READ_TIMEOUT) this.#giveUp(sentAt)
      throw error
    } finally {
      this.#running -= 1
    }
  }

  #giveUp(sentAt: number): void {
    // Marks it as ending at once, so that neither a rollback nor the pool takes it for a live one.
    void this.end()
    for (const client of this.#siblings) client.#dropIfSilent(sentAt)
  }

  #dropIfSilent(since: number): void {
    if (this.#running > 0 || this.#heardAt >= since) return
    this.connection.stream.destroy()
    // While it is idle the pool listens, and forgets it before anybody is handed it.
    this.emit(
      'error',
      new ConnectionSilent('closed, as nothing came from PostgreSQL on a connection beside it'),
    )
  }
}

/** Makes the class of one pool's clients; they know of each other. */
export function createClientClass(): new (config?: pg.ClientConfig) => pg.Client {
  const siblings = new Set<WatchedClient>()
  return class extends WatchedClient {
    constructor(config?: pg.ClientConfig) {
      super(siblings, config)
    }
  }
}
