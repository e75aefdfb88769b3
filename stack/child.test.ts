import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type ChildOptions, startChild } from './child.ts'
import { processIdentity } from './process-identity.ts'
import { waitUntilReady } from './ready.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-child-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

const shell = (script: string, more: Partial<ChildOptions> = {}) =>
  startChild({
    name: 'the shell',
    command: '/bin/sh',
    args: ['-c', script],
    logFile: join(folder, 'log'),
    ...more,
  })

const never = () => Promise.reject(new Error('not yet'))

describe('startChild()', () => {
  test('keeps the log of this run apart from the one before', async () => {
    await (
      await shell('echo first')
    ).exited
    const second = await shell('echo second')
    await second.exited
    expect(second.output()).toBe('second\n')
    expect(await readFile(second.logFile, 'utf8')).toBe('first\nsecond\n')
  })

  test('asks a process to stop before it insists', async () => {
    await using child = await shell('trap "echo bye; exit 3" TERM; echo up; while :; do sleep 0.05; done')
    await vi.waitUntil(() => child.output() === 'up\n')
    await child.stop()
    expect(child.exit()).toEqual({ code: 3, signal: null })
    expect(child.output()).toBe('up\nbye\n')
  })

  test('ends a process that does not listen', async () => {
    await using child = await shell('trap "" TERM; echo up; while :; do sleep 0.05; done', {
      stopSteps: [
        { signal: 'SIGTERM', graceMs: 100 },
        { signal: 'SIGKILL', graceMs: 5_000 },
      ],
    })
    await vi.waitUntil(() => child.output() === 'up\n')
    await child.stop()
    expect(child.exit()?.signal).toBe('SIGKILL')
  })

  test('says so when the program does not exist', async () => {
    const missing = shell('', { command: join(folder, 'nothing') })
    await expect(missing).rejects.toThrow(/the shell cannot run.*ENOENT/)
  })

  test('ends the process that an earlier run wrote down and left behind', async () => {
    const pidFile = join(folder, 'shell.pid')
    await using first = await shell('exec sleep 60', { pidFile })
    await using second = await shell('exec sleep 60', { pidFile })
    expect((await first.exited).signal).toBe('SIGTERM')
    expect(await readFile(pidFile, 'utf8')).toBe(await processIdentity(second.pid))
  })
})

describe('waitUntilReady()', () => {
  test('tells how a process ended and the last it said', async () => {
    await using child = await shell('echo the reason; exit 5')
    const waiting = waitUntilReady(child, never, { timeoutMs: 10_000 })
    await expect(waiting).rejects.toThrow(/ended unexpectedly with code 5[^]*the reason/)
  })

  test('gives up after its time and tells what the last probe met', async () => {
    await using child = await shell('exec sleep 60')
    await expect(waitUntilReady(child, never, { timeoutMs: 10 })).rejects.toThrow('(not yet)')
  })
})

describe('a stack that is killed', () => {
  test('takes what it started with it', async () => {
    const program = `
      const { startChild } = await import(${JSON.stringify(import.meta.resolve('./child.ts'))})
      const options = { name: 'sleep', command: '/bin/sleep', args: ['60'], logFile: ${JSON.stringify(join(folder, 'log'))} }
      process.stdout.write(String((await startChild(options)).pid))`
    const stack = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const pid = Number(await new Promise((resolve) => stack.stdout.once('data', resolve)))
    expect(await processIdentity(pid)).toBeDefined()
    stack.kill('SIGKILL')
    await vi.waitUntil(async () => (await processIdentity(pid)) === undefined, { timeout: 10_000 })
  })
})
