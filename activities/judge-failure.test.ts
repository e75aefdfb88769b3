import { describe, expect, test } from 'vitest'

import { RUN_ERROR_CODES, RUN_ERRORS, RunFailure } from '../contract/run-errors.ts'
import { RunParked, RunSuperseded } from '../db/write/fence.ts'
import { judgeFailure } from './judge-failure.ts'

const alive = new AbortController().signal
const judge = (error: unknown, attempt = 1, outages = 0) =>
  judgeFailure({ error, max_attempts: 5, outages, signal: alive }, attempt)

describe('judgeFailure()', () => {
  test.each(RUN_ERROR_CODES)('%s is tried again exactly when trying again can help', (code) => {
    const verdict = judge(new RunFailure(code, 'words'))
    expect(verdict.kind).toBe(RUN_ERRORS[code].retryable ? 'again' : 'park')
  })

  test.each(RUN_ERROR_CODES)('%s is given up at the last attempt, with its words for the person', (code) => {
    expect(judge(new RunFailure(code, 'the words'), 5)).toEqual({ kind: 'park', code, message: 'the words' })
  })

  test('what Temporal is told holds the fixed title, never the words', () => {
    const verdict = judge(new RunFailure('CANVAS_UNREACHABLE', 'secret.pdf of Ada', { retryAfterMs: 1_500 }))
    expect(verdict).toEqual({
      kind: 'again',
      type: 'CANVAS_UNREACHABLE',
      message: RUN_ERRORS.CANVAS_UNREACHABLE.title,
      after_ms: 1_500,
    })
  })

  test('an outage of PostgreSQL is waited out however long it takes', () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    expect(judge(away, 19).kind).toBe('again')
  })

  test('tries that failed because PostgreSQL was away are not counted', () => {
    expect(judge(new RunFailure('CANVAS_UNREACHABLE', 'words'), 11, 7).kind).toBe('again')
    expect(judge(new RunFailure('CANVAS_UNREACHABLE', 'words'), 12, 7).kind).toBe('park')
  })

  test('an unknown error is tried again and then parked without its message', () => {
    expect(judge(new TypeError('student text'), 4)).toMatchObject({ kind: 'again', type: 'INTERNAL' })
    const last = judge(new TypeError('student text'), 5)
    expect(last).toMatchObject({ kind: 'park', code: 'RETRIES_EXHAUSTED' })
    expect(JSON.stringify(last)).not.toContain('student text')
  })

  test('a run that was replaced or parked before writes nothing more', () => {
    expect(judge(new RunSuperseded('gone'))).toEqual({ kind: 'superseded' })
    expect(judge(new RunParked('ENCRYPTED', 'draft_plan'))).toEqual({ kind: 'parked', code: 'ENCRYPTED' })
  })

  test('a canceled try is neither tried again nor parked', () => {
    const verdict = judgeFailure(
      { error: new Error('aborted'), max_attempts: 5, outages: 0, signal: AbortSignal.abort() },
      1,
    )
    expect(verdict).toEqual({ kind: 'canceled' })
  })
})
