import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { endProcess } from './end-process.ts'
import { processIdentity } from './process-identity.ts'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const LONG_MS = 180_000

let home: string
let identities: Map<number, string>

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'waymark-npm-start-'))
  identities = new Map()
})

afterEach(async () => {
  for (const [pid, identity] of identities) await endProcess(pid, identity)
  await rm(home, { recursive: true, force: true })
})

function npmStart() {
  const env = { ...process.env, WAYMARK_HOME: home }
  // Neither of these is asked for here: the stack brings its own.
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'API_PORT', 'WORKER_HEALTH_PORT'])
    Reflect.deleteProperty(env, name)
  const npm = spawn('npm', ['start'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  return { npm, errors: text(npm.stderr) }
}

/** The children of each process. */
async function families(): Promise<Map<number, number[]>> {
  const found = new Map<number, number[]>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    found.set(parent, [...(found.get(parent) ?? []), Number(name)])
  }
  return found
}

/** Notes a process and all below it, each by the life it leads now. */
async function noteAll(pid: number): Promise<void> {
  const children = await families()
  for (const open = [pid]; open.length > 0;) {
    const next = open.pop() ?? 0
    const identity = await processIdentity(next)
    if (identity !== undefined) identities.set(next, identity)
    open.push(...(children.get(next) ?? []))
  }
}

async function living(): Promise<number[]> {
  const lives = await Promise.all(
    [...identities].map(async ([pid, identity]) => ((await processIdentity(pid)) === identity ? [pid] : [])),
  )
  return lives.flat()
}

async function untilReady(output: AsyncIterable<Buffer>): Promise<void> {
  let said = ''
  for await (const piece of output) {
    said += piece.toString()
    if (said.includes('waymark: Ctrl-C stops everything')) return
  }
  throw new Error(`npm start ended before it was ready: ${said}`)
}

describe.skipIf(process.platform !== 'linux')('npm start', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'ends with everything it has started on %s to npm alone, and a second one before that names who holds the place',
    { timeout: LONG_MS },
    async (signal) => {
      const { npm } = npmStart()
      await untilReady(npm.stdout.iterator({ destroyOnReturn: false }))
      const after = text(npm.stdout)
      await noteAll(npm.pid ?? 0)
      // npm, the stack with its caretaker, PostgreSQL, Temporal, worker and API.
      expect(identities.size).toBeGreaterThanOrEqual(7)
      const holder = Number.parseInt(await readFile(join(home, 'run', 'stack.pid'), 'utf8'), 10)
      expect(identities.has(holder)).toBe(true)

      const second = npmStart()
      const [code] = await once(second.npm, 'exit')
      expect(code).not.toBe(0)
      expect(await second.errors).toContain(
        `a stack runs from ${home} already, as process ${holder}: use that one, or end it first`,
      )

      const ended = once(npm, 'exit')
      npm.kill(signal)
      await ended
      // The caretaker looks once more after the stack is gone.
      while ((await living()).length > 0) await delay(50)
      expect(await readdir(join(home, 'run'))).toEqual(['database-url'])
      expect(await after).toMatch(/waymark: stopping\n(waymark: .+\n)*waymark: everything has ended\n$/)
    },
  )
})
