import { describe, expect, test } from 'vitest'

import { judgeEnd, SandboxUnavailable } from './judge-end.ts'
import type { ChildEnd } from './run-child.ts'

function end(more: Partial<ChildEnd>): ChildEnd {
  return {
    output: 'ready\n',
    stderr: '',
    exitCode: 0,
    signal: null,
    killedFor: null,
    wallMs: 1,
    peakResidentBytes: 1,
    ...more,
  }
}

const READ = { ok: true, text: 'Hi', pages: [], warnings: [], truncated: false }

describe('judgeEnd()', () => {
  test('takes the answer of a child that finished', () => {
    expect(judgeEnd(end({ output: `ready\n${JSON.stringify(READ)}` }))).toEqual(READ)
  })

  test.each<[string, Partial<ChildEnd>, string]>([
    ['our clock', { killedFor: 'time', signal: 'SIGKILL', exitCode: null }, 'PARSE_TIMEOUT'],
    ['the processor limit', { signal: 'SIGXCPU', exitCode: null }, 'PARSE_TIMEOUT'],
    ['our memory watch', { killedFor: 'memory', signal: 'SIGKILL', exitCode: null }, 'PARSE_MEMORY'],
    ['too much output', { killedFor: 'output', signal: 'SIGKILL', exitCode: null }, 'PARSE_MEMORY'],
    ['the kernel', { signal: 'SIGKILL', exitCode: null }, 'PARSE_MEMORY'],
    ['a heap that is full', { signal: 'SIGABRT', exitCode: null }, 'PARSE_MEMORY'],
    [
      'an exit that says so',
      { exitCode: 1, stderr: 'FATAL ERROR: JavaScript heap out of memory' },
      'PARSE_MEMORY',
    ],
    ['an exit without an answer', { exitCode: 1 }, 'CORRUPT'],
    ['silence', { exitCode: 0 }, 'CORRUPT'],
    ['half an answer', { output: 'ready\n{"ok":tr' }, 'CORRUPT'],
    ['an answer of another shape', { output: 'ready\n{"ok":true,"text":7}' }, 'CORRUPT'],
  ])('names an end by %s', (_, how, code) => {
    expect(judgeEnd(end(how))).toMatchObject({ ok: false, code })
  })

  test.each<[string, Partial<ChildEnd>]>([
    ['could not load', { output: '', exitCode: 1, stderr: 'ERR_ACCESS_DENIED' }],
    ['was too slow to load', { output: '', exitCode: null, signal: 'SIGKILL', killedFor: 'time' }],
    ['wrote something else first', { output: 'hello', exitCode: 0 }],
  ])('blames the sandbox, not the document, when the child %s', (_, how) => {
    expect(() => judgeEnd(end(how))).toThrow(SandboxUnavailable)
  })
})
