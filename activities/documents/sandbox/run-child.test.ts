import { describe, expect, test } from 'vitest'

import { runChild, type ChildLimits } from './run-child.ts'

const LIMITS: ChildLimits = {
  startMs: 20_000,
  wallMs: 20_000,
  outputBytes: 1000,
  residentBytes: 512 * 1024 * 1024,
}
const EMPTY = new Uint8Array()

function node(script: string) {
  return { file: process.execPath, args: ['--eval', script] }
}

describe('runChild()', () => {
  test('gives the child an empty environment and its input', async () => {
    const script = `process.stdin.once('data', (data) => process.stdout.write(data + JSON.stringify(process.env)))`
    const end = await runChild(node(script), Buffer.from('in:'), LIMITS)
    expect(end).toMatchObject({ output: 'in:{}', exitCode: 0, signal: null, killedFor: null })
  })

  test('kills a child that does not start in time', async () => {
    const end = await runChild(node('for (;;);'), EMPTY, { ...LIMITS, startMs: 300 })
    expect(end).toMatchObject({ output: '', signal: 'SIGKILL', killedFor: 'time' })
  })

  test('counts the time of the work from the first output', async () => {
    const script = `process.stdout.write('ready', () => { for (;;); })`
    const end = await runChild(node(script), EMPTY, { ...LIMITS, wallMs: 100 })
    expect(end).toMatchObject({ output: 'ready', signal: 'SIGKILL', killedFor: 'time' })
  })

  test('kills a child that holds more memory than allowed, on the heap or off it', async () => {
    const script = `const held = []; setInterval(() => held.push(Buffer.alloc(1e7, 1)), 1)`
    const end = await runChild(node(script), EMPTY, { ...LIMITS, residentBytes: 200 * 1024 * 1024 })
    expect(end).toMatchObject({ signal: 'SIGKILL', killedFor: 'memory' })
    expect(end.peakResidentBytes).toBeGreaterThan(200 * 1024 * 1024)
  })

  test('kills a child that answers too much', async () => {
    const end = await runChild(
      node(`process.stdout.write('x'.repeat(5000)); setInterval(() => {}, 1000)`),
      EMPTY,
      LIMITS,
    )
    expect(end).toMatchObject({ output: '', killedFor: 'output' })
  })

  test('keeps only the tail of what the child complains about', async () => {
    const end = await runChild(node(`process.stderr.write('x'.repeat(50_000) + 'end')`), EMPTY, LIMITS)
    expect(end.stderr).toHaveLength(2000)
    expect(end.stderr.endsWith('end')).toBe(true)
  })

  test('survives a child that does not read its input', async () => {
    expect(await runChild(node('process.exit(3)'), Buffer.alloc(5_000_000), LIMITS)).toMatchObject({
      exitCode: 3,
    })
  })

  test('kills the child and rejects with the reason when aborted', async () => {
    const abort = new AbortController()
    const running = runChild(node('for (;;);'), EMPTY, LIMITS, abort.signal)
    abort.abort(new Error('canceled'))
    await expect(running).rejects.toThrow('canceled')
  })

  test('rejects when the program does not exist', async () => {
    await expect(runChild({ file: '/nowhere/node', args: [] }, EMPTY, LIMITS)).rejects.toThrow('ENOENT')
  })
})
