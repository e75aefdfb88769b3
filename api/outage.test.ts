import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clearLockedPorts } from 'get-port'
import { expect, test } from 'vitest'

import { Secret } from '../config/secret.ts'
import { migrateUp } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { startPostgres } from '../stack/postgres.ts'
import { serveApi } from '../test/serve-api.ts'

const say = () => undefined

async function migrate(url: string): Promise<void> {
  await using db = openDatabase({
    url: new Secret(url),
    poolSize: 1,
    application: 'test',
    onConnectionError: () => undefined,
  })
  await migrateUp(db.write)
}

test('while PostgreSQL is away every request says so, and all goes on by itself once it is back', async () => {
  await using opened = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'waymark-outage-'))
  opened.defer(() => rm(dataDir, { recursive: true, force: true }))
  const first = opened.use(await startPostgres({ dataDir, durable: false, say }))
  await migrate(first.url)
  const api = opened.use(await serveApi({ DATABASE_URL: first.url }))
  const member = await api.join()
  const requests = () =>
    Promise.all([
      api.call('GET', '/auth/me', { token: member.token }),
      api.call('POST', '/auth/login', { body: { email: member.email, password: member.password } }),
      api.call('POST', '/auth/refresh', { body: { refresh_token: 'x' } }),
      api.call('POST', '/auth/stream-tickets', {
        token: member.token,
        headers: { 'idempotency-key': '6f1f64b0-7f0e-4dd5-9a1c-6c3c9df1a001' },
      }),
      api.call('GET', '/assignments/1/2', { token: member.token }),
      api.call('GET', '/readyz'),
    ])
  expect((await requests()).map(({ status }) => status)).toEqual([200, 200, 401, 201, 404, 200])

  await first.stop()
  for (const { status, body, headers } of await requests()) {
    expect([status, body.code, body.retryable]).toEqual([503, 'SERVICE_UNAVAILABLE', true])
    expect(headers.get('retry-after')).toBe('5')
    expect(body.detail).toMatch(/^PostgreSQL does not answer/)
  }
  expect((await api.call('GET', '/livez')).status).toBe(200)

  // The port it had was taken from get-port, which keeps it from being given out twice.
  clearLockedPorts()
  const port = Number(new URL(first.url).port)
  const second = opened.use(await startPostgres({ dataDir, port, durable: false, say }))
  expect(second.url).toBe(first.url)
  expect((await requests()).map(({ status }) => status)).toEqual([200, 200, 401, 201, 404, 200])
  for (const secret of [member.password, member.token, new URL(first.url).password]) {
    expect(api.log()).not.toContain(secret)
  }
}, 120_000)

test('while Temporal is away the API starts, says so when asked, and serves what it can', async () => {
  await using api = await serveApi({}, { temporal: { address: '127.0.0.1:1', namespace: 'default' } })
  const { status, body } = await api.call('GET', '/readyz')
  expect([status, body.code]).toEqual([503, 'SERVICE_UNAVAILABLE'])
  expect(body.detail).toMatch(/^Temporal does not answer/)
  const { token } = await api.join()
  expect((await api.call('GET', '/auth/me', { token })).status).toBe(200)
})
