import { connect } from 'node:net'
import { createServer } from 'node:http'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, inject, test } from 'vitest'

import { createWorkspace } from '../db/intents/workspaces.ts'
import { createTestDatabase } from '../test/database.ts'
import { newSigningKey, serveApi } from '../test/serve-api.ts'
import { listen } from './listen.ts'
import { createServiceHandlers } from './routes/service.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

interface Outcome {
  readonly code: number | null
  readonly log: string
}

/** Runs api/main.ts; `use` gets its address once it listens, and the process is then asked to end. */
async function runMain(
  env: Record<string, string>,
  use: (origin: string) => Promise<void>,
): Promise<Outcome> {
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, ...env } })
  let log = ''
  const listening = Promise.withResolvers<string | null>()
  const collect = (chunk: Buffer) => {
    log += chunk.toString()
    const address = /"address":"([^"]+)"/.exec(log)?.[1]
    if (address !== undefined) listening.resolve(address)
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const closed = once(child, 'close').finally(() => listening.resolve(null))
  const origin = await listening.promise
  try {
    if (origin !== null) await use(origin)
  } finally {
    child.kill('SIGTERM')
  }
  await closed
  return { code: child.exitCode, log }
}

describe('node api/main.ts', () => {
  test('listens on loopback, says where, and ends in good order when asked', async () => {
    await using database = await createTestDatabase()
    const env = {
      DATABASE_URL: database.url,
      CREDENTIAL_KEYS: `k:${Buffer.alloc(32).toString('base64')}`,
      AUTH_JWT_PRIVATE_KEY: newSigningKey(),
      API_PORT: '0',
      TEMPORAL_ADDRESS: inject('temporalAddress'),
    }
    const { code, log } = await runMain(env, async (origin) => {
      expect(new URL(origin).hostname).toBe('127.0.0.1')
      // It listens before the schedule of lost runs is made. fetch keeps its connection open: that must not hold up the end.
      const status = async () => (await fetch(`${origin}/readyz`)).status
      await expect.poll(status, { timeout: 30_000, interval: 100 }).toBe(200)
    })
    expect(code).toBe(0)
    expect(log).toContain('"signal":"SIGTERM"')
    expect(log).not.toContain('"level":"error"')
  })

  test.each([
    ['a setting is missing', { AUTH_JWT_PRIVATE_KEY: '' }, 'AUTH_JWT_PRIVATE_KEY'],
    ['the signing key is none', { AUTH_JWT_PRIVATE_KEY: 'hunter2hunter2' }, 'make one with: openssl genpkey'],
    ['the key ring is none', { CREDENTIAL_KEYS: 'k:hunter2hunter2' }, 'openssl rand -base64 32'],
  ])('says in one line what to do when %s, and shows no value', async (_, settings, advice) => {
    const env = {
      DATABASE_URL: 'postgresql://u:hunter2hunter2@127.0.0.1:1/x',
      CREDENTIAL_KEYS: `k:${Buffer.alloc(32).toString('base64')}`,
      AUTH_JWT_PRIVATE_KEY: newSigningKey(),
      ...settings,
    }
    const { code, log } = await runMain(env, async () => undefined)
    expect(code).toBe(1)
    expect(log).toContain(advice)
    expect(log).not.toContain('hunter2')
    expect(log).not.toContain('    at ')
  })
})

describe('a server that closes', () => {
  const address = { host: '127.0.0.1', port: 0 }

  test('lets a request end, and takes no new one', async () => {
    const going = Promise.withResolvers<() => void>()
    const server = await listen((_, res) => going.resolve(() => res.end('done')), address)
    const answer = fetch(server.origin)
    const finish = await going.promise
    const closed = server.close(60_000)
    await expect(fetch(server.origin)).rejects.toThrow('fetch failed')
    finish()
    expect(await (await answer).text()).toBe('done')
    await closed
  })

  test('waits for no connection that is idle', async () => {
    const server = await listen((_, res) => res.end(), address)
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
    await once(socket, 'connect')
    await fetch(server.origin)
    await expect(server.close(60_000)).resolves.toBeUndefined()
    socket.destroy()
  })

  test('cuts a request that outlasts the grace', async () => {
    const going = Promise.withResolvers<void>()
    const server = await listen(() => going.resolve(), address)
    const answer = fetch(server.origin)
    await going.promise
    await Promise.all([server.close(1), expect(answer).rejects.toThrow('fetch failed')])
  })

  test('is none when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const taken = other.address()
    const port = typeof taken === 'object' && taken !== null ? taken.port : 0
    await expect(listen(() => undefined, { host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
    other.close()
  })
})

describe('an API that ends', () => {
  test('tells each open stream to connect again, then closes it', async () => {
    const api = await serveApi()
    const { user_id, workspace_id, token } = await api.join()
    const intent = { user_id, tenant_id: workspace_id, course_id: '1', assignment_id: '2', request_id: null }
    await createWorkspace(api.database.db.write, intent)
    const stream = await fetch(`${api.origin}/assignments/1/2/events?after=0`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(stream.status).toBe(200)
    const [text] = await Promise.all([stream.text(), api[Symbol.asyncDispose]()])
    expect(text).toMatch(/event: reconnect\ndata: .+\n\n$/)
  })
})

describe('GET /readyz', () => {
  const up = async () => undefined
  const ask = async (
    checks: { PostgreSQL: () => Promise<unknown>; Temporal: () => Promise<unknown> },
    stopping = false,
    hasSchedule = true,
  ) => {
    const signal = stopping ? AbortSignal.abort() : new AbortController().signal
    const { readyz } = createServiceHandlers({ checks, hasSchedule: () => hasSchedule, stopping: signal })
    return readyz({} as Parameters<typeof readyz>[0])
  }

  test('is ready when every part answers', async () => {
    expect(await ask({ PostgreSQL: up, Temporal: up })).toMatchObject({ status: 200 })
  })

  test('is not ready before lost runs would be found', async () => {
    await expect(ask({ PostgreSQL: up, Temporal: up }, false, false)).rejects.toThrow(/^The schedule/)
  })

  test('names each part that does not', async () => {
    const down = () => Promise.reject(new Error('down'))
    await expect(ask({ PostgreSQL: down, Temporal: up })).rejects.toThrow(/^PostgreSQL does not answer/)
    await expect(ask({ PostgreSQL: down, Temporal: down })).rejects.toThrow(
      /^PostgreSQL and Temporal do not answer/,
    )
  })

  test('does not wait for a part that hangs', async () => {
    const hang = () => new Promise(() => undefined)
    await expect(ask({ PostgreSQL: up, Temporal: hang })).rejects.toThrow(/^Temporal does not answer/)
  })

  test('is not ready once the process ends', async () => {
    await expect(ask({ PostgreSQL: up, Temporal: up }, true)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('shutting down'),
    })
  })
})
