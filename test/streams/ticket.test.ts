import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createTokenPolicy } from '../../api/accounts/access-token.ts'
import { createAuthenticate, type Authenticate } from '../../api/authenticate.ts'
import { Secret } from '../../config/secret.ts'
import { insertAccount } from '../../db/intents/accounts.ts'
import { issueStreamTicket } from '../../db/intents/tickets.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { openStream } from './read-stream.ts'
import { serveStreams } from './serve-streams.ts'
import { createStream, write } from './write-events.ts'

const HOUR_MS = 3_600_000

let database: TestDatabase
let authenticate: Authenticate
beforeAll(async () => {
  database = await createTestDatabase()
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const policy = createTokenPolicy({
    AUTH_JWT_PRIVATE_KEY: new Secret(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    AUTH_ISSUER: 'waymark',
    AUTH_AUDIENCE: 'waymark-api',
    ACCESS_TOKEN_SECONDS: 900,
  })
  authenticate = createAuthenticate(policy, database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

async function createTicket({ tokenMs = HOUR_MS, ticketMs = HOUR_MS } = {}): Promise<string> {
  const user_id = randomUUID()
  const account = { user_id, tenant_id: user_id, email: `${user_id}@example.org`, password_hash: 'none' }
  await insertAccount(database.db.write, account)
  const token_expires_at = new Date(Date.now() + tokenMs)
  const bearer = { user_id, tenant_id: user_id, token_expires_at }
  return issueStreamTicket(database.db.write, bearer, new Date(Date.now() + ticketMs))
}

describe('a stream ticket', () => {
  test('opens one stream, however many ask at the same time', async () => {
    const { write: db } = database.db
    await using server = await serveStreams(database.db, { authenticate })
    const streamId = await createStream(db)
    await write(db, streamId)
    const url = server.url(streamId, `?after=0&ticket=${await createTicket()}`)
    const readers = await Promise.all(Array.from({ length: 10 }, () => openStream(url)))
    expect(readers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 9 }, () => 401),
    ])
    const opened = readers.find(({ status }) => status === 200)
    await opened?.untilSeq(1)
    for (const reader of readers) reader[Symbol.dispose]()
    using again = await openStream(url)
    expect(again.status).toBe(401)
  })

  test('opens nothing when it is too old or unknown', async () => {
    await using server = await serveStreams(database.db, { authenticate })
    const streamId = await createStream(database.db.write)
    for (const ticket of [await createTicket({ ticketMs: -1 }), 'made-up', '']) {
      using reader = await openStream(server.url(streamId, `?ticket=${ticket}`))
      expect(reader.status).toBe(401)
    }
  })

  test('opens a stream that ends with the token behind it', async () => {
    await using server = await serveStreams(database.db, { authenticate })
    const ticket = await createTicket({ tokenMs: 0 })
    const streamId = await createStream(database.db.write)
    using reader = await openStream(server.url(streamId, `?after=0&ticket=${ticket}`))
    await reader.closed
    expect(reader.messages.at(-1)).toMatchObject({ event: 'reconnect', data: { reason: 'token_expired' } })
  })
})
