import { EventSource } from 'eventsource'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../database.ts'
import { openStream, resumeStream, turn } from './read-stream.ts'
import { serveStreams, type StreamServer } from './serve-streams.ts'
import { createStream, write } from './write-events.ts'

const HOUR_MS = 3_600_000

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

/** Waits until the server has noticed that nobody is there any more. */
async function untilEmpty({ hub }: StreamServer): Promise<void> {
  while (hub.size > 0) await turn()
}

describe('a stream', () => {
  test.each(['?after=0', '?after=3'])(
    'gives the event that ends it although that was committed while the stream asked whether it is over: %s',
    async (query) => {
      const { write: db } = database.db
      const streamId = await createStream(db)
      await write(db, streamId, { count: 3 })
      let ending: Promise<number> | undefined
      // As state and last event are one transaction, whoever sees the state may not have seen the event yet.
      const isOver = async () => {
        ending ??= write(db, streamId, { wake: false })
        await ending
        return true
      }
      await using server = await serveStreams(database.db, { isOver })
      using reader = await openStream(server.url(streamId, query))
      await reader.until(({ messages }) => messages.some(({ event }) => event === 'end'))
      expect(reader.seqs.at(-1)).toBe(4)
      expect((await fetch(server.url(streamId, '?after=4'))).status).toBe(204)
    },
  )

  test('shows that it lives by heartbeats without a number', async () => {
    await using server = await serveStreams(database.db, { heartbeatMs: 5 })
    using reader = await openStream(server.url(await createStream(database.db.write), '?after=0'))
    await reader.until(({ messages }) => messages.length >= 3)
    expect(new Set(reader.messages.map(({ id, event }) => `${id} ${event}`))).toEqual(
      new Set(['undefined heartbeat']),
    )
  })

  test('ends with reconnect when the token does', async () => {
    await using server = await serveStreams(database.db, { tokenMs: 20 })
    using reader = await openStream(server.url(await createStream(database.db.write), '?after=0'))
    await reader.closed
    expect(reader.messages.at(-1)).toMatchObject({ event: 'reconnect', data: { reason: 'token_expired' } })
  })

  test('ends with reconnect at shutdown, and no new one begins', async () => {
    await using server = await serveStreams(database.db)
    const streamId = await createStream(database.db.write)
    const readers = await Promise.all([1, 2, 3].map(() => openStream(server.url(streamId, '?after=0'))))
    await server.hub.close('shutdown')
    for (const reader of readers) {
      await reader.closed
      expect(reader.messages.at(-1)).toMatchObject({ event: 'reconnect', data: { reason: 'shutdown' } })
    }
    using late = await openStream(server.url(streamId))
    expect([late.status, late.headers['retry-after']]).toEqual([503, '1'])
  })

  test('goes on for an EventSource that reconnects by itself with the same address', async () => {
    const { write: db } = database.db
    const streamId = await createStream(db)
    await write(db, streamId, { count: 3 })
    await using server = await serveStreams(database.db, { tokenMs: 200 })
    const seqs: number[] = []
    const source = new EventSource(server.url(streamId, '?after=0'))
    const all = Promise.withResolvers<void>()
    source.addEventListener('stage_progress', ({ data }) => {
      seqs.push(JSON.parse(data).seq)
      if (seqs.length >= 6) all.resolve()
    })
    const cut = Promise.withResolvers<void>()
    source.addEventListener('reconnect', () => cut.resolve())
    await cut.promise
    await write(db, streamId, { count: 3 })
    await all.promise
    source.close()
    expect(seqs).toEqual([1, 2, 3, 4, 5, 6])
  })
})

describe('a client that leaves', () => {
  test('gives its place back and is no error', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db, { perUser: 1 })
    const streamId = await createStream(db)
    for (let round = 0; round < 20; round++) {
      const reader = await openStream(server.url(streamId, '?after=0'))
      expect(reader.status).toBe(200)
      const writing = write(db, streamId, { count: 20, size: 2_000 })
      reader[Symbol.dispose]()
      await writing
      await untilEmpty(server)
    }
    // Koa reports broken sockets whoever broke them; nothing else may be among its errors.
    for (const error of server.errors)
      expect(error).toMatchObject({
        headerSent: true,
        code: expect.stringMatching(/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/),
      })
  })
})

describe('a client that does not read', () => {
  const MANY = { count: 200, size: 8_000 }

  test('is dropped, and has lost nothing when it comes back', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db, { drainMs: 50, endMs: 50 })
    await using patient = await serveStreams(database.db)
    const streamId = await createStream(db)
    using slow = await openStream(server.url(streamId, '?after=0'), { paused: true })
    using quick = await openStream(patient.url(streamId, '?after=0'))
    let last = 0
    for (let round = 0; round < 5; round++) last = await write(db, streamId, MANY)
    await quick.untilSeq(last)
    await untilEmpty(server)
    slow.resume()
    await slow.closed
    expect(slow.seqs.length).toBeLessThan(last)
    using resumed = await resumeStream(patient.url(streamId, '?after=0'), slow.lastId)
    await resumed.untilSeq(last)
    expect([...slow.events, ...resumed.events]).toEqual(quick.events)
  })

  test('is told to reconnect when it reads again in time', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db, { drainMs: 50, endMs: HOUR_MS })
    const streamId = await createStream(db)
    using slow = await openStream(server.url(streamId, '?after=0'), { paused: true })
    for (let round = 0; round < 5; round++) await write(db, streamId, MANY)
    while (server.responses[0]?.writableEnded !== true) await turn()
    slow.resume()
    await slow.closed
    expect(slow.messages.at(-1)).toMatchObject({ event: 'reconnect', data: { reason: 'slow_client' } })
    expect(slow.seqs).toEqual(slow.seqs.map((_, index) => index + 1))
  })

  test('costs a bounded amount of memory', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db)
    const streamId = await createStream(db)
    using slow = await openStream(server.url(streamId, '?after=0'), { paused: true })
    using quick = await openStream(server.url(streamId, '?after=0'))
    let last = 0
    for (let round = 0; round < 5; round++) last = await write(db, streamId, MANY)
    await quick.untilSeq(last)
    const [response] = server.responses
    expect(response?.writableNeedDrain).toBe(true)
    // One text of bounded size and what a socket buffers; 16 MB were written.
    expect(response?.writableLength).toBeLessThan(300_000)
    slow.resume()
    await slow.untilSeq(last)
    expect(slow.messages).toEqual(quick.messages)
  })
})

describe('too many streams', () => {
  test('of one user are refused with the time to wait, until one is closed', async () => {
    await using server = await serveStreams(database.db, { perUser: 5 })
    const url = server.url(await createStream(database.db.write), '?after=0')
    const readers = await Promise.all([1, 2, 3, 4, 5].map(() => openStream(url)))
    using sixth = await openStream(url)
    expect([sixth.status, sixth.headers['retry-after']]).toEqual([429, '10'])
    using other = await openStream(`${url}&user=bob`)
    expect(other.status).toBe(200)
    readers[0]?.[Symbol.dispose]()
    while (server.hub.size > 5) await turn()
    using again = await openStream(url)
    expect(again.status).toBe(200)
    for (const reader of readers) reader[Symbol.dispose]()
  })

  test('of one process are refused as unavailable', async () => {
    await using server = await serveStreams(database.db, { perProcess: 1 })
    const url = server.url(await createStream(database.db.write), '?after=0')
    using first = await openStream(url)
    using second = await openStream(`${url}&user=bob`)
    expect([first.status, second.status]).toEqual([200, 503])
  })

  test('are not left over by requests that were refused', async () => {
    await using server = await serveStreams(database.db, { perUser: 1 })
    const url = server.url(await createStream(database.db.write), '?after=0')
    for (let round = 0; round < 3; round++) {
      using refused = await openStream(url, { headers: { 'Last-Event-ID': 'x' } })
      expect(refused.status).toBe(422)
    }
    using missing = await openStream(server.url('not-a-uuid'))
    expect(missing.status).toBe(500)
    using reader = await openStream(url)
    expect(reader.status).toBe(200)
  })
})
