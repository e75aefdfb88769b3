import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../database.ts'
import { openStream, resumeStream, type Message } from './read-stream.ts'
import { serveStreams } from './serve-streams.ts'
import { createStream, write } from './write-events.ts'

const SEED = 20_261
const CUTS = 200

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

const upTo = (last: number, after = 0) =>
  Array.from({ length: last - after }, (_, index) => after + index + 1)

describe('the order of a stream', () => {
  test('a stream cut at 200 random points and resumed by Last-Event-ID yields exactly what an uncut one yields', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db)
    const streamId = await createStream(db)
    await write(db, streamId, { count: 40 })
    const url = server.url(streamId, '?after=0')
    using uncut = await openStream(url)

    const lengths = fc.sample(fc.integer({ min: 1, max: 1_500 }), { numRuns: CUTS, seed: SEED })
    const got: Message[] = []
    let lastId: number | undefined
    let last = 40
    for (const [index, cutAfterBytes] of lengths.entries()) {
      // Some events are there before the client connects, some come while it reads.
      if (index % 2 === 0) last = await write(db, streamId, { count: 1 + (index % 4) })
      const reader = await resumeStream(url, lastId, { cutAfterBytes })
      const writing = index % 3 === 0 ? write(db, streamId) : undefined
      last = (await writing) ?? last
      // What is there fills the cut, or more has to come until it does.
      while (!(await closedWithin(reader.closed))) last = await write(db, streamId)
      got.push(...reader.events)
      lastId = reader.lastId ?? lastId
    }
    using rest = await resumeStream(url, lastId)
    await rest.untilSeq(last)
    got.push(...rest.events)

    await uncut.untilSeq(last)
    expect(uncut.seqs).toEqual(upTo(last))
    expect(got).toEqual(uncut.events)
  })

  test('events written while a client replays arrive once and in order', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db)
    const streamId = await createStream(db)
    await write(db, streamId, { count: 900 })
    const cursors = [0, 0, 150, 600, 899, 900]
    const readers = await Promise.all(
      cursors.map((after) => openStream(server.url(streamId, `?after=${after}`))),
    )
    let last = 900
    for (let turn = 0; turn < 60; turn++) last = await write(db, streamId, { count: 1 + (turn % 5) })
    for (const [index, reader] of readers.entries()) {
      using open = reader
      await open.untilSeq(last)
      expect(open.seqs).toEqual(upTo(last, cursors[index]))
    }
  })

  test('a thousand events of one transaction arrive in order, live and replayed', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db)
    const streamId = await createStream(db)
    using live = await openStream(server.url(streamId, '?after=0'))
    await write(db, streamId, { count: 1_000 })
    await live.untilSeq(1_000)
    expect(live.seqs).toEqual(upTo(1_000))
    using late = await openStream(server.url(streamId, '?after=0'))
    await late.untilSeq(1_000)
    expect(late.messages).toEqual(live.messages)
  })

  test('writers that commit at the same time leave no gap', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db)
    const streamId = await createStream(db)
    using live = await openStream(server.url(streamId, '?after=0'))
    await Promise.all(Array.from({ length: 100 }, () => write(db, streamId, { count: 2 })))
    await live.untilSeq(200)
    expect(live.seqs).toEqual(upTo(200))
  })

  test('streams do not mix', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db)
    const streamIds = await Promise.all(Array.from({ length: 8 }, () => createStream(db)))
    const readers = await Promise.all(streamIds.map((id) => openStream(server.url(id, '?after=0'))))
    await Promise.all(streamIds.map((id) => write(db, id, { count: 20 })))
    for (const [index, reader] of readers.entries()) {
      using open = reader
      await open.untilSeq(20)
      expect(open.seqs).toEqual(upTo(20))
      expect(new Set(open.events.map(({ data }) => data['workspace_id']))).toEqual(
        new Set([streamIds[index]]),
      )
    }
  })
})

/** Whether the cut has happened by the time everything that is on its way could have arrived. */
async function closedWithin(closed: Promise<void>): Promise<boolean> {
  const soon = new Promise<false>((resolve) => setTimeout(resolve, 5, false))
  return Promise.race([closed.then(() => true), soon])
}
