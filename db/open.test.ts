import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { Secret } from '../config/secret.ts'
import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { openForwarder, type Forwarder } from '../test/streams/forward.ts'
import { isDatabaseAway, openDatabase, type OpenDatabase } from './open.ts'
import { pingDatabase } from './read/ping.ts'

const POOL_SIZE = 4

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})

afterAll(() => database[Symbol.asyncDispose]())

function open(url: string, timeouts: { readonly statementMs: number; readonly queryMs: number }) {
  const options = { poolSize: POOL_SIZE, application: 'test-open', onConnectionError: () => undefined }
  return openDatabase({ ...options, url: new Secret(url), timeouts })
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const [result] = await Promise.allSettled([work])
  if (result.status === 'fulfilled') throw new Error('it did not fail')
  return result.reason
}

describe('after a black hole', () => {
  let forwarder: Forwarder
  let db: OpenDatabase

  beforeEach(async () => {
    forwarder = await openForwarder()
    forwarder.to(database.url)
    db = open(forwarder.through(database.url), { statementMs: 400, queryMs: 500 })
    const occupy = () => sql`select pg_sleep(0.1)`.execute(db.write)
    await Promise.all(Array.from({ length: POOL_SIZE }, occupy))
    return async () => {
      await db[Symbol.asyncDispose]()
      await forwarder[Symbol.asyncDispose]()
    }
  })

  test('one query in vain is enough: no connection that went silent is used again', async () => {
    forwarder.silence()
    expect(isDatabaseAway(await failureOf(pingDatabase(db.read)))).toBe(true)
    for (let asked = 0; asked < 2 * POOL_SIZE; asked++) await pingDatabase(db.read)
  })

  test('a transaction fails with its query, and its rollback is not waited for', async () => {
    const work = db.write.transaction().execute(async (trx) => {
      forwarder.silence()
      await pingDatabase(trx)
    })
    const failure = await failureOf(work)
    expect(isDatabaseAway(failure)).toBe(true)
    expect(failure).toMatchObject({ message: 'Client was closed and is not queryable' })
    await pingDatabase(db.read)
  })
})

test('a connection that breaks under a query or between two fails that work, and nothing else', async () => {
  await using db = open(database.url, { statementMs: 5_000, queryMs: 6_000 })
  const killSelf = sql`select pg_terminate_backend(pg_backend_pid())`
  expect(isDatabaseAway(await failureOf(killSelf.execute(db.write)))).toBe(true)
  const broken = db.write.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
    await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(database.db.write)
    await pingDatabase(trx)
  })
  expect(isDatabaseAway(await failureOf(broken))).toBe(true)
  await pingDatabase(db.read)
})

describe('isDatabaseAway()', () => {
  test.each(['57014', '55P03', '25P03', '40P01', '40001', '57P01', '53300', '08006'])(
    'takes SQLSTATE %s for something that passes',
    (code) => {
      const cause = Object.assign(new Error('words'), { code })
      expect([isDatabaseAway(cause), isDatabaseAway(new Error('outer', { cause }))]).toEqual([true, true])
    },
  )

  test.each(['23505', '42P01', '22P02', '40002'])('takes SQLSTATE %s for a fault of ours', (code) => {
    expect(isDatabaseAway(Object.assign(new Error('words'), { code }))).toBe(false)
  })
})
