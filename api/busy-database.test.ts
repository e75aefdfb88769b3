import { once } from 'node:events'
import { createServer } from 'node:http'
import Koa from 'koa'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

import { createLogger } from '../config/logger.ts'
import { Secret } from '../config/secret.ts'
import { openDatabase } from '../db/open.ts'
import { createTestDatabase } from '../test/database.ts'
import type { AppState } from './context.ts'
import { answerProblems } from './middleware/problems.ts'
import { trace } from './middleware/trace.ts'

test('a request that waits too long for a lock is answered 503 with Retry-After, as the server ends it first', async () => {
  await using database = await createTestDatabase()
  await using db = openDatabase({
    url: new Secret(database.url),
    poolSize: 1,
    application: 'test',
    onConnectionError: () => undefined,
    timeouts: { statementMs: 100, queryMs: 20_000 },
  })
  const lines: string[] = []
  const app = new Koa<AppState>()
  app.use(
    trace(createLogger({ level: 'info', name: 'test', destination: { write: (l) => void lines.push(l) } })),
  )
  app.use(answerProblems())
  app.use(async () => {
    await db.write.transaction().execute((trx) => trx.deleteFrom('canvas_credentials').execute())
  })
  const serve = app.callback()
  const server = createServer((req, res) => void serve(req, res)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const ask = () => fetch(`http://127.0.0.1:${port}/x`)
  await database.db.write.transaction().execute(async (trx) => {
    await sql`lock table canvas_credentials in access exclusive mode`.execute(trx)
    const response = await ask()
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await response.json()).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryable: true })
    expect(lines.join('')).toContain('57014')
  })
  // The connection is as good as before once the lock is gone.
  expect((await ask()).status).toBe(404)
  server.close()
})
