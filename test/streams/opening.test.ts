import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { StreamEvent } from '../../contract/events.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { openStream, resumeStream } from './read-stream.ts'
import { serveStreams } from './serve-streams.ts'
import { createStream, write, writeFailure } from './write-events.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

describe('opening a stream', () => {
  test('is answered with the head of an event stream that no proxy may store or hold back', async () => {
    await using server = await serveStreams(database.db)
    using reader = await openStream(server.url(await createStream(database.db.write)))
    expect(reader.status).toBe(200)
    expect(reader.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
  })

  test('without a cursor gives one snapshot under the newest number, then what comes', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db)
    const streamId = await createStream(db)
    await write(db, streamId, { count: 5 })
    using reader = await openStream(server.url(streamId))
    await reader.untilMessage('snapshot')
    await write(db, streamId, { count: 2 })
    await reader.untilSeq(7)
    expect(reader.messages.map(({ id, event }) => [id, event])).toEqual([
      [5, 'snapshot'],
      [6, 'stage_progress'],
      [7, 'stage_progress'],
    ])
  })

  test('leaves no gap between the snapshot and what comes, while events are written', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db)
    const streamId = await createStream(db)
    const stop = new AbortController()
    const writing = (async () => {
      let last = 0
      while (!stop.signal.aborted) last = await write(db, streamId, { count: 3 })
      return last
    })()
    const readers = []
    for (let turn = 0; turn < 40; turn++) {
      const reader = await openStream(server.url(streamId))
      await reader.untilMessage('snapshot')
      readers.push(reader)
    }
    stop.abort()
    const last = await writing
    for (const opened of readers) {
      using reader = opened
      await reader.until(({ lastId }) => lastId === last)
      const [snapshot] = reader.messages
      expect(snapshot?.data['count']).toBe(snapshot?.id)
      const ids = reader.messages.map(({ id }) => id)
      expect(ids).toEqual(ids.map((_, index) => (snapshot?.id ?? 0) + index))
    }
  })

  test('after the end of the run gives the terminal event again, and keeps the place of the client', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db)
    const streamId = await createStream(db)
    await write(db, streamId, { count: 2 })
    await writeFailure(db, streamId)
    await write(db, streamId)
    using reader = await openStream(server.url(streamId))
    const failed = await reader.untilMessage('failed')
    expect(reader.messages.map(({ id, event }) => [id, event])).toEqual([
      [4, 'snapshot'],
      [undefined, 'failed'],
    ])
    expect(failed.data['seq']).toBe(3)
    using resumed = await resumeStream(server.url(streamId), reader.lastId)
    await write(db, streamId)
    await resumed.untilSeq(5)
    expect(resumed.seqs).toEqual([5])
  })

  test('gives events that fit the contract', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db)
    const streamId = await createStream(db)
    await write(db, streamId, { count: 2 })
    await writeFailure(db, streamId)
    using reader = await openStream(server.url(streamId, '?after=0'))
    await reader.untilMessage('failed')
    for (const { id, event, data } of reader.events) {
      const parsed = StreamEvent.parse(data)
      expect([parsed.seq, parsed.event_type]).toEqual([id, event])
    }
  })

  test('with ?after= gives every later event; the header wins over it', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db)
    const streamId = await createStream(db)
    await write(db, streamId, { count: 6 })
    using whole = await openStream(server.url(streamId, '?after=0'))
    await whole.untilSeq(6)
    expect(whole.seqs).toEqual([1, 2, 3, 4, 5, 6])
    using resumed = await resumeStream(server.url(streamId, '?after=0'), 4)
    await resumed.untilSeq(6)
    expect(resumed.seqs).toEqual([5, 6])
  })

  test('with a cursor beyond the end gives a snapshot: the client knew another history', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db)
    const streamId = await createStream(db)
    await write(db, streamId, { count: 3 })
    for (const id of ['4', '99999999999999999999999999']) {
      using reader = await openStream(server.url(streamId), { headers: { 'Last-Event-ID': id } })
      expect((await reader.untilMessage('snapshot')).id).toBe(3)
    }
  })

  test('with a cursor that is no number is refused', async () => {
    await using server = await serveStreams(database.db)
    const url = server.url(await createStream(database.db.write))
    using reader = await openStream(url, { headers: { 'Last-Event-ID': 'e7' } })
    expect(reader.status).toBe(422)
  })

  test('by HEAD gives the head alone', async () => {
    await using server = await serveStreams(database.db)
    const answer = await fetch(server.url(await createStream(database.db.write)), { method: 'HEAD' })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    expect(server.hub.size).toBe(0)
  })
})

describe('a stream on which nothing can follow', () => {
  test('ends with end after its last event, and a reconnect is answered 204', async () => {
    const { write: db } = database.db
    let isOver = false
    await using server = await serveStreams(database.db, { isOver: async () => isOver })
    const streamId = await createStream(db)
    await write(db, streamId, { count: 2 })
    using reader = await openStream(server.url(streamId, '?after=0'))
    await reader.untilSeq(2)
    isOver = true
    await writeFailure(db, streamId)
    await reader.closed
    expect(reader.messages.map(({ id, event }) => [id, event]).slice(-2)).toEqual([
      [3, 'failed'],
      [undefined, 'end'],
    ])
    using again = await resumeStream(server.url(streamId), reader.lastId)
    expect(again.status).toBe(204)
    using behind = await resumeStream(server.url(streamId), 1)
    await behind.closed
    expect(behind.messages.map(({ event }) => event)).toEqual(['stage_progress', 'failed', 'end'])
    using late = await openStream(server.url(streamId))
    await late.closed
    expect(late.messages.map(({ event }) => event)).toEqual(['snapshot', 'failed', 'end'])
  })

  test('stays open when its terminal event is not the end of all', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db)
    const streamId = await createStream(db)
    using reader = await openStream(server.url(streamId, '?after=0'))
    await writeFailure(db, streamId)
    await write(db, streamId)
    await reader.untilSeq(2)
    expect(reader.messages.map(({ event }) => event)).toEqual(['failed', 'stage_progress'])
  })
})
