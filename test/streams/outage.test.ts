import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { Secret } from '../../config/secret.ts'
import { migrateUp } from '../../db/migrate.ts'
import { openDatabase, type OpenDatabase } from '../../db/open.ts'
import { listenForEvents, type Listen, type WakeHandlers } from '../../db/read/listen.ts'
import { startPostgres } from '../../stack/postgres.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { openForwarder } from './forward.ts'
import { openStream, turn } from './read-stream.ts'
import { serveStreams } from './serve-streams.ts'
import { createStream, write } from './write-events.ts'

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

/** Counts the beginnings of listening on top of a real connection. */
function countingListen(db: OpenDatabase, errors: unknown[] = []): { listen: Listen; begun: () => number } {
  let begun = 0
  const listen = listenForEvents(db, {
    onError: (error) => errors.push(error),
    firstRetryMs: 5,
    maxRetryMs: 50,
  })
  return {
    begun: () => begun,
    listen: (handlers) =>
      listen({
        onWake: (streamId, seq) => handlers.onWake(streamId, seq),
        onReconnect() {
          begun += 1
          handlers.onReconnect()
        },
      }),
  }
}

async function killListeners(db: OpenDatabase): Promise<number> {
  const killed = await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen %'`.execute(db.write)
  return killed.rows.length
}

describe('a lost wake-up', () => {
  test('delays an event until the slow timer looks, and loses none', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db, { rereadMs: 10 })
    const streamId = await createStream(db)
    using reader = await openStream(server.url(streamId, '?after=0'))
    await write(db, streamId, { count: 3, wake: false })
    await reader.untilSeq(3)
    await write(db, streamId, { count: 300, wake: false })
    await reader.untilSeq(303)
    expect(reader.seqs).toEqual(upTo(303))
  })

  test('is made up for by the next one', async () => {
    const { write: db } = database.db
    let handlers: WakeHandlers | undefined
    const listen: Listen = (given) => {
      handlers = given
      return { [Symbol.asyncDispose]: async () => undefined }
    }
    await using server = await serveStreams(database.db, { listen })
    const streamId = await createStream(db)
    using reader = await openStream(server.url(streamId, '?after=0'))
    const last = await write(db, streamId, { count: 4 })
    handlers?.onWake(streamId, last)
    await reader.untilSeq(4)
    await write(db, streamId, { count: 2 })
    handlers?.onWake(streamId, await write(db, streamId))
    // Wake-ups may come late and twice.
    handlers?.onWake(streamId, 2)
    handlers?.onWake(streamId, 7)
    await reader.untilSeq(7)
    expect(reader.seqs).toEqual(upTo(7))
  })
})

describe('the LISTEN connection', () => {
  test('is made anew when it is killed, and nothing is lost meanwhile', async () => {
    const { write: db } = database.db
    const { listen, begun } = countingListen(database.db)
    await using server = await serveStreams(database.db, { listen })
    const streamId = await createStream(db)
    using reader = await openStream(server.url(streamId, '?after=0'))
    let last = 0
    for (let kill = 1; kill <= 5; kill++) {
      while (begun() < kill) await turn()
      last = await write(db, streamId, { count: 3 })
      expect(await killListeners(database.db)).toBe(1)
      last = await write(db, streamId, { count: 3 })
    }
    await reader.untilSeq(last)
    expect(reader.seqs).toEqual(upTo(30))
  })
})

describe('PostgreSQL', () => {
  test('may be stopped and started: open streams wait and go on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-streams-'))
    const start = () => startPostgres({ dataDir: join(folder, 'data'), durable: true, say: () => undefined })
    let postgres = await start()
    await using forwarder = await openForwarder()
    forwarder.to(postgres.url)
    const options = { poolSize: 4, application: 'test', onConnectionError: () => undefined }
    const db = openDatabase({ ...options, url: new Secret(forwarder.through(postgres.url)) })
    const errors: unknown[] = []
    try {
      await migrateUp(db.write)
      const { listen } = countingListen(db, errors)
      await using server = await serveStreams(db, { listen })
      const streamId = await createStream(db.write)
      const readers = await Promise.all([1, 2].map(() => openStream(server.url(streamId, '?after=0'))))
      await write(db.write, streamId, { count: 3 })
      for (const reader of readers) await reader.untilSeq(3)

      await postgres.stop()
      using refused = await openStream(server.url(streamId, '?after=0'))
      expect(refused.status).toBe(500)
      postgres = await start()
      forwarder.to(postgres.url)
      await write(db.write, streamId, { count: 4 })
      for (const opened of readers) {
        using reader = opened
        await reader.untilSeq(7)
        expect(reader.seqs).toEqual(upTo(7))
      }
      expect(errors.length).toBeGreaterThan(0)
    } finally {
      await db[Symbol.asyncDispose]()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    }
  })

  test('away while a client replays: the client gets the rest when it is back', async () => {
    const { write: db } = database.db
    const streamId = await createStream(db)
    await write(db, streamId, { count: 700, size: 10_000 })
    let isAway = false
    const read = new Proxy(database.db.read, {
      get(target, key) {
        if (isAway && key === 'selectFrom')
          throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
        const value: unknown = Reflect.get(target, key, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    await using server = await serveStreams({ ...database.db, read }, { rereadMs: 10 })
    using reader = await openStream(server.url(streamId, '?after=0'), { paused: true })
    isAway = true
    reader.resume()
    await reader.untilSeq(200)
    for (let wait = 0; wait < 50; wait++) await turn()
    isAway = false
    await reader.untilSeq(700)
    expect(reader.seqs).toEqual(upTo(700))
  })
})
