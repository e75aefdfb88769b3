import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { processIdentity } from './process-identity.ts'
import { signalProcess } from './end-process.ts'
import { cachedCli, findTemporalCli } from './temporal-cli.ts'

const GOOD_CLI = '#!/bin/sh\\necho --ui-disable-news-fetch\\n'

let folder: string
let said: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-cli-'))
  await mkdir(join(folder, 'bin'))
  said = []
})

afterEach(() => rm(folder, { recursive: true, force: true }))

const say = (line: string) => void said.push(line)

/** An environment with nothing but what a test puts there, and a proxy that makes every download fail at once. */
const env = () => ({
  HOME: folder,
  PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
  HTTPS_PROXY: 'http://127.0.0.1:1',
  HTTP_PROXY: 'http://127.0.0.1:1',
})

async function program(name: string, script: string): Promise<string> {
  const path = join(folder, 'bin', name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

/** A `go` that notes each call, runs `before`, and then writes a CLI to the file after `-o`. */
const fakeGo = (before: string) =>
  program(
    'go',
    `echo $$ >> ${join(folder, 'builds')}
    while [ "$1" != -o ]; do shift; done
    ${before}
    printf '${GOOD_CLI}' > "$2"; chmod 755 "$2"`,
  )

const builds = async () => (await readFile(join(folder, 'builds'), 'utf8')).trim().split('\n')

/** A finder in a process of its own, which can be killed. */
function finder() {
  const script = `
    const { findTemporalCli } = await import(${JSON.stringify(import.meta.resolve('./temporal-cli.ts'))})
    process.stdout.write(await findTemporalCli({ env: process.env, say: () => {} }))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env: env() })
  const { promise, resolve } = Promise.withResolvers<string>()
  let found = ''
  child.stdout.on('data', (chunk: Buffer) => (found += chunk.toString()))
  child.on('close', () => resolve(found))
  return { child, found: promise }
}

describe('findTemporalCli()', () => {
  test('takes the program on PATH', async () => {
    const path = await program('temporal', 'echo --ui-disable-news-fetch')
    expect(await findTemporalCli({ env: env(), say })).toBe(path)
    expect(said).toEqual([])
  })

  test('passes over a program on PATH that is too old, for the copy in the cache', async () => {
    await program('temporal', 'echo --headless')
    const cached = cachedCli(env())
    await mkdir(dirname(cached), { recursive: true })
    await writeFile(cached, '#!/bin/sh\necho --ui-disable-news-fetch\n', { mode: 0o755 })
    expect(await findTemporalCli({ env: env(), say })).toBe(cached)
  })

  test('refuses a named program that does not work, rather than taking another', async () => {
    await program('temporal', 'echo --ui-disable-news-fetch')
    const named = { ...env(), WAYMARK_TEMPORAL_CLI: join(folder, 'nothing') }
    await expect(findTemporalCli({ env: named, say })).rejects.toThrow(/WAYMARK_TEMPORAL_CLI: there is no /)
  })

  test('builds with Go when nothing can be downloaded, tells how long, and keeps the result', async () => {
    await fakeGo('')
    const cached = cachedCli(env())
    expect(await findTemporalCli({ env: env(), say })).toBe(cached)
    expect(said.join('\n')).toContain('about four minutes')
    expect(await findTemporalCli({ env: env(), say })).toBe(cached)
    expect(await builds()).toHaveLength(1)
    expect(await readdir(`${cached}.half`)).toEqual([])
  })

  test('tells everything that was tried, with the words of Go and of the download', async () => {
    await program('go', 'echo go: no module proxy >&2; exit 1')
    await expect(findTemporalCli({ env: env(), say })).rejects.toThrow(
      /not there[^]*error sending request[^]*no module proxy[^]*TEMPORAL_ADDRESS/,
    )
  })

  test('does not keep a program that was built but does not run', async () => {
    await program('go', `while [ "$1" != -o ]; do shift; done; echo broken > "$2"`)
    await expect(findTemporalCli({ env: env(), say })).rejects.toThrow('building it with Go')
    await expect(stat(cachedCli(env()))).rejects.toThrow('ENOENT')
  })

  test('builds once when two commands look at the same time', async () => {
    await fakeGo('sleep 1')
    const cached = cachedCli(env())
    expect(await Promise.all([finder().found, finder().found])).toEqual([cached, cached])
    expect(await builds()).toHaveLength(1)
  })

  test('leaves no program behind when it is killed midway, and builds again afterwards', async () => {
    await fakeGo('echo half > "$2"; exec sleep 60')
    const cut = finder()
    await vi.waitUntil(async () => (await builds().catch(() => [])).length === 1, { timeout: 10_000 })
    const half = join(`${cachedCli(env())}.half`, String(cut.child.pid))
    await vi.waitUntil(async () => (await stat(half).catch(() => undefined)) !== undefined)
    cut.child.kill('SIGKILL')
    const [go] = await builds()
    signalProcess(Number(go), 'SIGKILL')
    await vi.waitUntil(async () => (await processIdentity(Number(go))) === undefined)
    await expect(stat(cachedCli(env()))).rejects.toThrow('ENOENT')
    await fakeGo('')
    expect(await findTemporalCli({ env: env(), say })).toBe(cachedCli(env()))
    expect(await readdir(`${cachedCli(env())}.half`)).toEqual([])
  })
})
