import { createServer } from 'node:http'
import { once } from 'node:events'
import Koa from 'koa'
import { expect, test } from 'vitest'

import { createLogger } from '../../config/logger.ts'
import type { AppState } from '../context.ts'
import { answerProblems } from './problems.ts'
import { trace } from './trace.ts'

test('a fault of ours is logged with its causes, but without the rows PostgreSQL quotes', async () => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const app = new Koa<AppState>()
  app.use(trace(createLogger({ level: 'info', name: 'test', destination })))
  app.use(answerProblems())
  app.use(async () => {
    const detail = 'Failing row contains (a@example.org, $argon2id$the-hash).'
    const cause = Object.assign(new Error('null value in column "tenant_id"'), { code: '23502', detail })
    throw new Error('the account was not stored', { cause })
  })
  const serve = app.callback()
  const server = createServer((req, res) => void serve(req, res)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const response = await fetch(`http://127.0.0.1:${port}/x`)
  const told = await response.text()
  server.close()
  expect(response.status).toBe(500)
  expect(told).not.toMatch(/tenant_id|account|hash/)
  const log = lines.join('')
  expect(log).toContain('the account was not stored')
  expect(log).toContain('null value in column')
  expect(log).toContain(response.headers.get('x-request-id'))
  expect(log).not.toContain('the-hash')
})
