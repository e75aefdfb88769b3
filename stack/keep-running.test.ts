import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import getPort from 'get-port'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keepRunning, mayStartAgain } from './keep-running.ts'

let folder: string
let said: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-keep-'))
  said = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A server that says its process id at /, and dies when it is asked for /die; from its second life on at once, if it is to. */
async function server(diesAgain = false) {
  const entry = join(folder, 'main.ts')
  const port = await getPort({ host: '127.0.0.1' })
  await writeFile(
    entry,
    `import { createServer } from 'node:http'
    import { existsSync, writeFileSync } from 'node:fs'
    const lived = ${JSON.stringify(join(folder, 'lived'))}
    if (${diesAgain} && existsSync(lived)) process.exit(3)
    writeFileSync(lived, '')
    createServer((request, response) => {
      if (request.url === '/die') process.kill(process.pid, 'SIGKILL')
      response.end(String(process.pid))
    }).listen(${port}, '127.0.0.1')`,
  )
  const origin = `http://127.0.0.1:${port}`
  const options = { name: 'trial', entry, env: process.env, logFile: join(folder, 'trial.log'), origin }
  const kept = await keepRunning(options, (line) => said.push(line))
  return { kept, origin }
}

const pidAt = (origin: string): Promise<string> =>
  fetch(origin)
    .then((response) => response.text())
    .catch(() => '')

describe('keepRunning()', () => {
  test('starts a server again that was killed, and says so', async () => {
    const { kept, origin } = await server()
    await using _ = kept
    const first = await pidAt(origin)
    await pidAt(`${origin}/die`)
    await expect.poll(() => said.at(-1), { timeout: 20_000 }).toBe('the trial is back')
    expect(await pidAt(origin)).not.toBe(first)
    expect(said[0]).toBe('the trial ended unexpectedly with SIGKILL; starting it again')
  })

  test('fails with the end of the log where the server does not start again', async () => {
    const { kept, origin } = await server(true)
    await using _ = kept
    await pidAt(`${origin}/die`)
    await expect(kept.failed).rejects.toThrow(/trial ended unexpectedly with code 3; its log is/)
  })

  test('leaves a server ended that it was asked to end', async () => {
    const { kept, origin } = await server()
    await kept[Symbol.asyncDispose]()
    expect(await pidAt(origin)).toBe('')
    expect(said).toEqual([])
  })
})

describe('mayStartAgain()', () => {
  test('bears four ends in a minute and not five, however many there were before', () => {
    const long_ago = fc.array(fc.integer({ min: 0, max: 100_000 }))
    const recent = fc.array(fc.integer({ min: 140_001, max: 200_000 }))
    fc.assert(
      fc.property(long_ago, recent, (before, now) => {
        expect(mayStartAgain([...before, ...now], 200_000)).toBe(now.length < 5)
      }),
    )
  })
})
