import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { decideAdvance, decideFailure, decideRetry, MAX_RETRIES, type AdvanceRequest } from './advance.ts'
import type { HandoffBuild, HandoffDecision, HandoffMove } from './decision.ts'
import { HANDOFF, PHASES, type HandoffState, type WorkingState } from '../machines/handoff-machine.ts'
import { handoffProgress } from './progress.ts'
import { readVerdict } from './verdict.ts'
import { mayMove } from '../machines.ts'
import { ROLES, STATE_DUTIES } from '../roles.ts'

const at = (state: HandoffState, more: Partial<HandoffBuild> = {}): HandoffBuild => ({
  state,
  failed_state: null,
  retry_count: 0,
  ...more,
})
const failedAt = (failed_state: WorkingState): HandoffBuild => at('error', { failed_state })

const report = (completed_state: HandoffState, more: Partial<AdvanceRequest> = {}): AdvanceRequest => ({
  role: STATE_DUTIES[completed_state].actor,
  completed_state,
  verdict: completed_state.startsWith('handoff') ? 'accepted' : 'passed',
  next_state: null,
  ...more,
})

function moved(decision: HandoffDecision): HandoffMove {
  if (decision.kind === 'moved') return decision
  throw new TypeError(decision.detail)
}
const after = (move: HandoffMove): HandoffBuild => at(move.to, move)

const WORKING = HANDOFF.states.filter(
  (state): state is WorkingState => state !== 'complete' && state !== 'error',
)

describe('decideAdvance()', () => {
  test('W26 Ten advances by ten actors in turn lead from discovery to complete, and nobody acts out of turn', () => {
    let build = at('discovery')
    const way: string[] = []
    for (let turn = 0; turn < 10; turn += 1) {
      const { actor } = STATE_DUTIES[build.state]
      for (const role of [...ROLES.filter((role) => role !== actor), null]) {
        const wrong = decideAdvance(build, report(build.state, { role }))
        expect(wrong).toMatchObject({ kind: 'refused', code: 'ROLE_MISMATCH', current_state: build.state })
      }
      const move = moved(decideAdvance(build, report(build.state)))
      way.push(`${move.from_role} ${move.by} ${move.to}`)
      build = after(move)
    }
    expect(way).toEqual([
      'q_assistant advance planning',
      'q_assistant advance handoff_to_coder',
      'code_writer ack implementation',
      'code_writer advance handoff_to_tester',
      'test_auditor ack testing',
      'test_auditor advance handoff_to_verifier',
      'verification_overseer ack verification',
      'verification_overseer advance handoff_to_releaser',
      'release_manager ack deployment',
      'release_manager advance complete',
    ])
    expect(build.state).toBe('complete')
    expect(handoffProgress(build)).toBe(100)
  })

  test('W20 In planning, the advance of q_assistant gives handoff_to_coder, next code_writer; right after start it is refused', () => {
    const move = moved(decideAdvance(at('planning'), report('planning')))
    expect(move).toMatchObject({ to: 'handoff_to_coder', from_role: 'q_assistant', to_role: 'code_writer' })
    expect(decideAdvance(at('discovery'), report('planning'))).toMatchObject({
      code: 'INVALID_STATE_TRANSITION',
      current_state: 'discovery',
      allowed: ['planning', 'error'],
    })
  })

  test('W21 In deployment, the advance of release_manager completes with no next role; earlier it is refused, whoever asks', () => {
    const move = moved(decideAdvance(at('deployment'), report('deployment')))
    expect(move).toMatchObject({ to: 'complete', to_role: null })
    expect(handoffProgress(after(move))).toBe(100)
    for (const state of WORKING.filter((state) => state !== 'deployment')) {
      const early = decideAdvance(at(state), report('deployment'))
      expect(early).toMatchObject({ kind: 'refused', code: 'INVALID_STATE_TRANSITION' })
    }
  })

  test('W22 Skipping a state is refused: of all next states only the one that follows from state and verdict is taken', () => {
    for (const state of WORKING) {
      const { to } = moved(decideAdvance(at(state), report(state)))
      for (const next_state of HANDOFF.states) {
        const decision = decideAdvance(at(state), report(state, { next_state }))
        expect(decision.kind, `${state} → ${next_state}`).toBe(next_state === to ? 'moved' : 'refused')
        expect(decision).toMatchObject(
          next_state === to ? { to } : { code: 'INVALID_STATE_TRANSITION', allowed: [to] },
        )
      }
    }
  })

  test('a verdict that a state cannot end with is refused', () => {
    for (const state of WORKING) {
      const wrong = state.startsWith('handoff') ? ['passed', 'failed'] : ['accepted']
      const judging = ['testing', 'verification'].includes(state)
      for (const verdict of [...wrong, ...(judging ? [] : ['failed'])] as AdvanceRequest['verdict'][]) {
        expect(decideAdvance(at(state), report(state, { verdict })).kind).toBe('refused')
      }
    }
  })

  test('the reason of a failure stops the build in error, and error is no next state without one', () => {
    for (const state of WORKING) {
      const failing = report(state, { verdict: 'error', next_state: 'error' })
      const move = moved(decideAdvance(at(state), failing))
      expect(move).toMatchObject({ to: 'error', by: 'fail', failed_state: state, to_role: null, limit: null })
      expect(decideFailure(at(state))).toEqual(move)
      expect(decideAdvance(at(state), report(state, { next_state: 'error' })).kind).toBe('refused')
    }
  })

  test('nothing leads out of complete, and an error does not fail again', () => {
    const over = { kind: 'refused', code: 'INVALID_STATE_TRANSITION', allowed: [] }
    expect(decideAdvance(at('complete'), report('complete'))).toMatchObject(over)
    expect(decideRetry(at('complete'))).toMatchObject(over)
    expect(decideFailure(at('complete'))).toMatchObject(over)
    expect(decideFailure(failedAt('testing'))).toMatchObject({ kind: 'refused', allowed: PHASES })
    expect(decideRetry(failedAt('testing'))).toMatchObject({ kind: 'refused', allowed: PHASES })
  })
})

describe('recovery', () => {
  const recover = (failed_state: WorkingState, next_state: HandoffState | null = null) =>
    decideAdvance(failedAt(failed_state), report('error', { next_state }))

  test('takes up a failed phase where it failed, and a failed hand-off in the phase that gives', () => {
    for (const phase of PHASES) expect(moved(recover(phase))).toMatchObject({ to: phase, by: 'recover' })
    expect(moved(recover('handoff_to_coder'))).toMatchObject({ to: 'planning', undone_phases: ['planning'] })
    expect(moved(recover('handoff_to_tester')).to).toBe('implementation')
    expect(moved(recover('handoff_to_verifier')).to).toBe('testing')
    expect(moved(recover('handoff_to_releaser')).to).toBe('verification')
  })

  test('may go to an earlier phase, whose later completions it takes back, and never past the failed one', () => {
    expect(moved(recover('testing', 'planning'))).toMatchObject({
      to: 'planning',
      undone_phases: ['planning', 'implementation'],
    })
    expect(recover('planning', 'implementation')).toMatchObject({
      kind: 'refused',
      allowed: ['discovery', 'planning'],
    })
    for (const state of ['error', 'complete', 'handoff_to_coder'] as const) {
      expect(recover('verification', state).kind).toBe('refused')
    }
  })

  test('asks for no role', () => {
    for (const role of [null, ...ROLES]) {
      const decision = decideAdvance(failedAt('testing'), report('error', { role }))
      expect(decision).toMatchObject({ kind: 'moved', to: 'testing', from_role: null })
    }
  })

  test('of a build whose failed state is unknown begins anew, since nothing is known to stand', () => {
    expect(moved(decideAdvance(at('error'), report('error'))).to).toBe('discovery')
    expect(handoffProgress(at('error'))).toBe(0)
  })
})

describe('retries', () => {
  test('W7, W8, W24 Work is sent back from testing and from verification to implementation, and from nowhere else', () => {
    for (const state of WORKING) {
      const decision = decideRetry(at(state))
      const judging = state === 'testing' || state === 'verification'
      expect(decision).toMatchObject(
        judging
          ? { to: 'implementation', by: 'retry', retry_count: 1, to_role: 'code_writer' }
          : { kind: 'refused', code: 'INVALID_STATE_TRANSITION' },
      )
    }
    expect(moved(decideRetry(at('verification'))).undone_phases).toEqual(['implementation', 'testing'])
  })

  test('a failing verdict does what a request does, with or without the next state it means', () => {
    for (const next_state of [null, 'implementation'] as const) {
      const failing = report('testing', { verdict: 'failed', next_state })
      expect(decideAdvance(at('testing'), failing)).toEqual(decideRetry(at('testing')))
      const spent = at('testing', { retry_count: MAX_RETRIES })
      expect(decideAdvance(spent, failing)).toEqual(decideRetry(spent))
    }
    const wrong = report('testing', { verdict: 'failed', next_state: 'handoff_to_verifier' })
    expect(decideAdvance(at('testing'), wrong)).toMatchObject({
      kind: 'refused',
      allowed: ['implementation'],
    })
  })

  test('W27 A loop testing → implementation → testing completes, and the fourth retry ends in error', () => {
    const backToTesting = (build: HandoffBuild) => {
      const handed = after(moved(decideAdvance(build, report('implementation'))))
      return after(moved(decideAdvance(handed, report('handoff_to_tester'))))
    }
    let build = at('testing')
    for (const retry_count of [1, 2, 3]) {
      build = backToTesting(after(moved(decideRetry(build))))
      expect(build).toMatchObject({ state: 'testing', retry_count })
      expect(moved(decideAdvance(build, report('testing'))).to).toBe('handoff_to_verifier')
    }
    expect(moved(decideRetry(build))).toMatchObject({
      to: 'error',
      by: 'fail',
      limit: 'RETRIES_EXHAUSTED',
      failed_state: 'testing',
      retry_count: 3,
    })
  })
})

describe('readVerdict()', () => {
  test('reads the verdict of testing, verification and release from their results, against the work when it is missing', () => {
    expect(readVerdict('testing', { passed: true })).toBe('passed')
    expect(readVerdict('testing', { passed: false })).toBe('failed')
    expect(readVerdict('testing', {})).toBe('failed')
    expect(readVerdict('verification', { approved_for_deployment: true })).toBe('passed')
    expect(readVerdict('verification', { approved_for_deployment: false })).toBe('failed')
    expect(readVerdict('verification', { passed: true })).toBe('failed')
    expect(readVerdict('deployment', { smoke_test: { passed: true } })).toBe('passed')
    expect(readVerdict('deployment', { smoke_test: { passed: false } })).toBe('error')
    expect(readVerdict('deployment', {})).toBe('error')
  })

  test('a result that holds a reason stops the build in any state, and every other state ends as it must', () => {
    for (const state of WORKING) expect(readVerdict(state, { reason: 'The disk is full' })).toBe('error')
    for (const state of ['discovery', 'planning', 'implementation'] as const) {
      expect(readVerdict(state, {})).toBe('passed')
    }
    for (const state of WORKING.filter((state) => state.startsWith('handoff'))) {
      expect(readVerdict(state, {})).toBe('accepted')
    }
    expect(readVerdict('error', {})).toBe('error')
  })
})

test('whatever is asked of a build, it moves by its table or stays, and a refusal says what to do', () => {
  const build = fc.record({
    state: fc.constantFrom(...HANDOFF.states),
    failed_state: fc.constantFrom(null, ...WORKING),
    retry_count: fc.nat(MAX_RETRIES),
  })
  const request = fc.record({
    role: fc.constantFrom(null, ...ROLES),
    completed_state: fc.constantFrom(...HANDOFF.states),
    verdict: fc.constantFrom('passed', 'failed', 'accepted', 'error'),
    next_state: fc.constantFrom(null, ...HANDOFF.states),
  }) satisfies fc.Arbitrary<AdvanceRequest>
  fc.assert(
    fc.property(build, request, (build, request) => {
      for (const decision of [decideAdvance(build, request), decideRetry(build), decideFailure(build)]) {
        const lawful = decision.kind === 'refused' || mayMove('handoff', decision.from, decision.to)
        expect(lawful).toBe(true)
        const detail = decision.kind === 'refused' ? decision.detail : 'It moved.'
        expect(detail).toMatch(/^[A-Z].*\.$/)
      }
    }),
    { numRuns: 2_000 },
  )
})
