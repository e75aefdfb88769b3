import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { HANDOFF, PHASES, STRAIGHT_WAY, type HandoffState } from '../machines/handoff-machine.ts'
import { STATE_DUTIES } from '../roles.ts'
import { decideWish, stoppedBy, type HandoffFacts, type HandoffWish } from './decide-wish.ts'
import { attemptOf, isSentBack, rollbacksOf, takenBack, type PastMove } from './past.ts'
import { completedPhases, standingAt } from './progress.ts'

const START: HandoffFacts = {
  build: { state: 'discovery', failed_state: null, retry_count: 0 },
  past: [],
  stopped: null,
  is_paused: false,
}

const GOOD = {
  accepted: true,
  passed: true,
  approved_for_deployment: true,
  smoke_test: { passed: true },
} as const
const BAD = { passed: false, approved_for_deployment: false, smoke_test: { passed: false } } as const

const advance = (state: HandoffState, result: object): HandoffWish => ({
  kind: 'advance',
  role: STATE_DUTIES[state].actor,
  completed_state: state,
  next_state: null,
  result: { ...result },
})

type Choice = 'good' | 'good with changes' | 'bad' | 'fail' | 'retry' | HandoffState

function wishOf(state: HandoffState, choice: Choice): HandoffWish {
  if (choice === 'good') return advance(state, GOOD)
  if (choice === 'good with changes') return advance(state, { ...GOOD, changes: 'More.' })
  if (choice === 'bad') return advance(state, BAD)
  if (choice === 'fail') return advance(state, { reason: 'It is gone.' })
  return choice === 'retry' ? { kind: 'request_retry' } : { kind: 'rollback', target_state: choice }
}

const choices = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Choice>('good with changes') },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Choice>('good', 'bad', 'fail', 'retry', ...HANDOFF.states),
    },
  ),
  { maxLength: 60 },
)

interface Told {
  facts: HandoffFacts
  /** States whose results stand, kept as rows are: added on leaving a state, taken back by moves that lead back. */
  standing: Set<HandoffState>
}

function follow(told: Told, wish: HandoffWish): void {
  const move = decideWish(told.facts, wish)
  if (move.kind === 'refused') return
  const { from, to, by, failed_state, retry_count } = move
  if (by === 'advance' || by === 'ack') told.standing.add(from)
  else for (const state of takenBack(to)) told.standing.delete(state)
  const past: readonly PastMove[] = [...told.facts.past, { kind: by, from_state: from, to_state: to }]
  told.facts = { ...told.facts, build: { state: to, failed_state, retry_count }, past }
}

describe('decideWish() over any sequence of wishes', () => {
  test('the results that stand are those of the states before the place of the build, and of no other', () => {
    fc.assert(
      fc.property(choices, (wishes) => {
        const told: Told = { facts: START, standing: new Set() }
        for (const choice of wishes) {
          follow(told, wishOf(told.facts.build.state, choice))
          const rank = STRAIGHT_WAY.indexOf(standingAt(told.facts.build))
          expect(told.standing).toEqual(new Set(STRAIGHT_WAY.slice(0, rank)))
          const phases = PHASES.filter((phase) => told.standing.has(phase))
          expect(completedPhases(told.facts.build)).toEqual(phases)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('each entry into a state is one attempt more, and only rollbacks count as rollbacks', () => {
    fc.assert(
      fc.property(choices, (wishes) => {
        const told: Told = { facts: START, standing: new Set() }
        const entries = new Map<HandoffState, number>([['discovery', 1]])
        for (const choice of wishes) {
          const before = told.facts
          follow(told, wishOf(before.build.state, choice))
          const { state } = told.facts.build
          if (told.facts !== before) entries.set(state, (entries.get(state) ?? 0) + 1)
          expect(attemptOf(told.facts.past, state)).toBe(entries.get(state))
          const rollbacks = told.facts.past.filter(({ kind }) => kind === 'rollback')
          expect(rollbacksOf(told.facts.past)).toHaveLength(rollbacks.length)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('implementation owes what changed exactly while it answers work that came back', () => {
    const back: PastMove[] = [{ kind: 'retry', from_state: 'testing', to_state: 'implementation' }]
    const build = { state: 'implementation', failed_state: null, retry_count: 1 } as const
    const facts = { ...START, build, past: back }
    expect(decideWish(facts, advance('implementation', GOOD))).toMatchObject({ code: 'VALIDATION_FAILED' })
    expect(decideWish(facts, advance('implementation', { changes: 'More.' }))).toMatchObject({
      kind: 'moved',
    })
    expect(decideWish(facts, advance('implementation', { reason: 'No.' }))).toMatchObject({ to: 'error' })
    const failed: PastMove[] = [...back, { kind: 'fail', from_state: 'implementation', to_state: 'error' }]
    expect(
      isSentBack([...failed, { kind: 'recover', from_state: 'error', to_state: 'implementation' }]),
    ).toBe(true)
    expect(
      isSentBack([...back, { kind: 'advance', from_state: 'implementation', to_state: 'handoff_to_tester' }]),
    ).toBe(false)
    expect(
      isSentBack([...back, { kind: 'rollback', from_state: 'implementation', to_state: 'planning' }]),
    ).toBe(false)
  })

  test('nothing is done to a build that was stopped for good, and the words say what to do instead', () => {
    const wishes = [
      advance('discovery', GOOD),
      { kind: 'request_retry' },
      wishOf('discovery', 'planning'),
    ] as const
    for (const stopped of ['canceled', 'settled'] as const)
      for (const wish of wishes) {
        const refusal = decideWish({ ...START, stopped }, wish)
        expect(refusal).toMatchObject({ code: 'INVALID_STATE_TRANSITION', allowed: [] })
      }
  })

  test('a build that is paused takes rollbacks as one that is not, and refuses all else with words on what to do', () => {
    fc.assert(
      fc.property(choices, (wishes) => {
        const told: Told = { facts: START, standing: new Set() }
        for (const choice of wishes) {
          const paused = { ...told.facts, is_paused: true }
          const { state } = paused.build
          for (const target_state of HANDOFF.states) {
            const back = { kind: 'rollback', target_state } as const
            expect(decideWish(paused, back)).toEqual(decideWish(told.facts, back))
          }
          for (const wished of ['good', 'bad', 'fail', 'retry'] as const)
            expect(decideWish(paused, wishOf(state, wished))).toMatchObject({
              kind: 'refused',
              code: 'INVALID_STATE_TRANSITION',
              current_state: state,
              allowed: [],
              detail: expect.stringContaining('send it again'),
            })
          follow(told, wishOf(state, choice))
        }
      }),
    )
  })
})

test('a build is stopped when its job is canceled, or when the build of a task has failed, and never once complete', () => {
  const build = { state: 'testing', task_id: null, job_status: 'RUNNING' } as const
  expect(stoppedBy(build)).toBeNull()
  expect(stoppedBy({ ...build, job_status: 'CANCELED' })).toBe('canceled')
  expect(stoppedBy({ ...build, state: 'error', job_status: 'FAILED' })).toBeNull()
  expect(stoppedBy({ ...build, state: 'error', job_status: 'FAILED', task_id: 't' })).toBe('settled')
  expect(stoppedBy({ ...build, state: 'complete', job_status: 'COMPLETED', task_id: 't' })).toBeNull()
})
