import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runToEnd, startServer, untilOneDies } from './processes.ts'
import { originOf } from './run-stack.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-processes-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function program(text: string) {
  const entry = join(folder, 'main.ts')
  await writeFile(entry, text)
  return { name: 'trial', entry, env: process.env, logFile: join(folder, 'trial.log') }
}

/** A server that is not ready when it is asked for the first time. */
async function server(more = '') {
  const options = await program(`
    import { createServer } from 'node:http'
    let asked = 0
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/readyz' && ++asked > 1 ? 200 : 503
      response.end()
    }).listen(0, '127.0.0.1', () => console.log('listens on ' + server.address().port))
    ${more}`)
  const origin = (log: string) => {
    const port = /^listens on (\d+)$/m.exec(log)?.[1]
    return port === undefined ? undefined : `http://127.0.0.1:${port}`
  }
  return startServer({ ...options, origin })
}

describe('startServer()', () => {
  test('waits until /readyz answers well, where its log says it listens', async () => {
    await using child = await server()
    expect(child.exit()).toBeUndefined()
    expect((await fetch(`${child.origin}/readyz`)).status).toBe(200)
  })

  test('tells where the log is when the server ends instead', async () => {
    await expect(server('throw new RangeError("no such port")')).rejects.toThrow(
      /trial ended unexpectedly with code 1; its log is .*trial\.log[^]*no such port/,
    )
  })
})

describe('untilOneDies()', () => {
  test('names the server that died', async () => {
    await using child = await server()
    const died = untilOneDies([child])
    process.kill(child.pid, 'SIGKILL')
    await expect(died).rejects.toThrow('trial ended unexpectedly with SIGKILL')
  })

  test('says nothing of one that was asked to stop', async () => {
    await using child = await server()
    const died = untilOneDies([child]).catch((thrown: unknown) => thrown)
    await child.stop()
    expect(await Promise.race([died, Promise.resolve('silent')])).toBe('silent')
  })
})

describe('runToEnd()', () => {
  test('passes the arguments on and waits', async () => {
    const options = await program(`process.exitCode = process.argv[2] === 'up' ? 0 : 9`)
    await expect(runToEnd({ ...options, args: ['up'] })).resolves.toBeUndefined()
  })

  test('fails with the log when the program does', async () => {
    const options = await program(`process.stderr.write('relation is missing'); process.exitCode = 4`)
    await expect(runToEnd(options)).rejects.toThrow(/with code 4[^]*relation is missing/)
  })

  test('stops when the person gives up', async () => {
    const options = await program(`setInterval(() => {}, 1000)`)
    await expect(runToEnd({ ...options, signal: AbortSignal.timeout(300) })).rejects.toThrow('timeout')
  })
})

describe('originOf()', () => {
  test.each([
    ['127.0.0.1', 'http://127.0.0.1:80'],
    ['0.0.0.0', 'http://127.0.0.1:80'],
    ['::', 'http://[::1]:80'],
    ['fe80::1', 'http://[fe80::1]:80'],
    ['localhost', 'http://localhost:80'],
  ])('%s', (host, origin) => expect(originOf(host, '80')).toBe(origin))
})
