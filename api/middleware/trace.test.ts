import { once } from 'node:events'
import { createServer } from 'node:http'
import Koa from 'koa'
import { expect, test } from 'vitest'

import { createLogger } from '../../config/logger.ts'
import type { AppState } from '../context.ts'
import { trace } from './trace.ts'

test('the line of a request names who asked and the job it was about', async () => {
  const written = Promise.withResolvers<string>()
  const app = new Koa<AppState>()
  app.use(trace(createLogger({ level: 'info', name: 'test', destination: { write: written.resolve } })))
  app.use(async (ctx) => {
    ctx.state.userId = 'u1'
    ctx.state.jobId = 'j_1'
    ctx.status = 202
  })
  const serve = app.callback()
  const server = createServer((req, res) => void serve(req, res)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const headers = { 'x-request-id': 'of-the-client' }
  await (await fetch(`http://127.0.0.1:${port}/start?ticket=hidden`, { method: 'POST', headers })).text()
  server.close()
  const line: unknown = JSON.parse(await written.promise)
  const ids = { request_id: 'of-the-client', user_id: 'u1', job_id: 'j_1' }
  expect(line).toMatchObject({ ...ids, method: 'POST', path: '/start', status: 202 })
})
