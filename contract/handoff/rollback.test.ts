import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { decideAdvance, decideRetry, MAX_RETRIES } from './advance.ts'
import type { HandoffBuild, HandoffDecision } from './decision.ts'
import {
  HANDOFF,
  PHASES,
  STRAIGHT_WAY,
  type HandoffState,
  type Phase,
  type WorkingState,
} from '../machines/handoff-machine.ts'
import { completedPhases, handoffProgress } from './progress.ts'
import { decideRollback, MAX_ROLLBACKS, MAX_ROLLBACKS_PER_EDGE, type Rollback } from './rollback.ts'
import type { Verdict } from './verdict.ts'
import { mayMove } from '../machines.ts'
import { STATE_DUTIES } from '../roles.ts'

const at = (state: HandoffState, failed_state: WorkingState | null = null): HandoffBuild => ({
  state,
  failed_state,
  retry_count: 0,
})
const edge = (from_state: HandoffState, target_state: HandoffState): Rollback => ({
  from_state,
  target_state,
})

describe('decideRollback()', () => {
  test('W25 A rollback to an earlier phase succeeds, lowers progress and names the undone phases; a forward target is refused', () => {
    const decision = decideRollback(at('testing'), 'planning', [])
    expect(decision).toMatchObject({
      kind: 'moved',
      to: 'planning',
      by: 'rollback',
      undone_phases: ['planning', 'implementation'],
      to_role: 'q_assistant',
    })
    expect(handoffProgress(at('testing'))).toBe(50)
    expect(handoffProgress(at('planning'))).toBe(16.7)
    expect(decideRollback(at('testing'), 'deployment', [])).toMatchObject({
      kind: 'refused',
      code: 'INVALID_STATE_TRANSITION',
      allowed: ['discovery', 'planning', 'implementation'],
    })
  })

  test('of all pairs of state and target, exactly the earlier phases are taken, and never one out of complete', () => {
    const straight: readonly HandoffState[] = STRAIGHT_WAY
    for (const state of straight) {
      for (const target of HANDOFF.states) {
        const earlier = straight.indexOf(target) >= 0 && straight.indexOf(target) < straight.indexOf(state)
        const lawful = earlier && PHASES.some((phase) => phase === target) && state !== 'complete'
        const decision = decideRollback(at(state), target, [])
        expect(decision.kind, `${state} → ${target}`).toBe(lawful ? 'moved' : 'refused')
      }
    }
  })

  test('a build in error goes back to a phase before the one that failed; the failed one itself is for a recovery', () => {
    expect(decideRollback(at('error', 'testing'), 'planning', [])).toMatchObject({ to: 'planning' })
    expect(decideRollback(at('error', 'testing'), 'testing', [])).toMatchObject({ kind: 'refused' })
    expect(decideRollback(at('error', 'handoff_to_coder'), 'planning', [])).toMatchObject({ to: 'planning' })
    expect(decideRollback(at('error', 'discovery'), 'discovery', [])).toMatchObject({ allowed: [] })
  })

  test('the third rollback over one edge and the sixth in a build stop it with NON_CONVERGENCE', () => {
    const stopped = {
      kind: 'moved',
      to: 'error',
      by: 'fail',
      failed_state: 'testing',
      limit: 'NON_CONVERGENCE',
    }
    const alike = Array.from({ length: MAX_ROLLBACKS_PER_EDGE }, () => edge('testing', 'planning'))
    expect(decideRollback(at('testing'), 'planning', alike.slice(1))).toMatchObject({ to: 'planning' })
    expect(decideRollback(at('testing'), 'planning', alike)).toMatchObject(stopped)
    expect(decideRollback(at('testing'), 'discovery', alike)).toMatchObject({ to: 'discovery' })
    const others = Array.from({ length: MAX_ROLLBACKS }, (_, index) =>
      edge(index < 3 ? 'verification' : 'deployment', PHASES[index % 3] ?? 'discovery'),
    )
    expect(decideRollback(at('testing'), 'planning', others.slice(1))).toMatchObject({ to: 'planning' })
    expect(decideRollback(at('testing'), 'planning', others)).toMatchObject(stopped)
  })

  test('a build that has stopped already stays where it is when it is rolled back once too often', () => {
    const past = Array.from({ length: MAX_ROLLBACKS }, () => edge('testing', 'planning'))
    expect(decideRollback(at('error', 'testing'), 'planning', past)).toMatchObject({
      kind: 'refused',
      allowed: [],
    })
  })
})

// A build as its history tells it, step by step: a phase is complete from its completing move until a move leads back to it.
interface History {
  build: HandoffBuild
  readonly completed: Set<Phase>
  readonly rollbacks: Rollback[]
  retries: number
}

/** Follows a decision in the history, and tells which phases it took back. */
function note(history: History, decision: HandoffDecision): readonly Phase[] {
  if (decision.kind === 'refused') return []
  const phase = PHASES.find((phase) => phase === decision.from)
  if (phase !== undefined && decision.by === 'advance') history.completed.add(phase)
  if (decision.by === 'retry') history.retries += 1
  if (decision.by === 'rollback') history.rollbacks.push(edge(decision.from, decision.to))
  history.build = { state: decision.to, ...decision }
  if (!['retry', 'rollback', 'recover'].includes(decision.by)) return []
  const back = PHASES.findIndex((phase) => phase === decision.to)
  return PHASES.slice(back).filter((phase) => history.completed.delete(phase))
}

type Wish =
  | { readonly kind: 'advance' | 'retry' | 'error' }
  | { readonly kind: 'rollback' | 'recover'; readonly target: Phase }

const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Wish>({ kind: 'advance' }) },
  { weight: 3, arbitrary: fc.constantFrom<Wish>({ kind: 'retry' }, { kind: 'error' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('rollback', 'recover'),
      target: fc.constantFrom(...PHASES),
    }),
  },
)

function decide({ build, rollbacks }: History, wish: Wish): HandoffDecision {
  const { state } = build
  if (wish.kind === 'retry') return decideRetry(build)
  if (wish.kind === 'rollback') return decideRollback(build, wish.target, rollbacks)
  const usual: Verdict = state.startsWith('handoff') ? 'accepted' : 'passed'
  return decideAdvance(build, {
    role: STATE_DUTIES[state].actor,
    completed_state: state,
    verdict: wish.kind === 'error' ? 'error' : usual,
    next_state: wish.kind === 'recover' && state === 'error' ? wish.target : null,
  })
}

describe('any history of a build', () => {
  test('W27 keeps to the table and its limits, and its progress is what stands and is not undone, 100 only at the end', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 150 }), (wishes) => {
        const history: History = { build: at('discovery'), completed: new Set(), rollbacks: [], retries: 0 }
        for (const wish of wishes) {
          const decision = decide(history, wish)
          const lawful =
            decision.kind === 'refused' ||
            decision.by === 'rollback' ||
            mayMove('handoff', decision.from, decision.to)
          expect(lawful).toBe(true)
          const undone = note(history, decision)
          expect(decision.kind === 'moved' ? decision.undone_phases : []).toEqual(undone)

          expect(new Set(completedPhases(history.build))).toEqual(history.completed)
          const progress = Math.round((history.completed.size / 6) * 1_000) / 10
          expect(handoffProgress(history.build)).toBe(progress)
          expect(progress === 100).toBe(history.build.state === 'complete')
          expect(history.build.retry_count).toBe(history.retries)
          expect(history.retries).toBeLessThanOrEqual(MAX_RETRIES)
          expect(history.rollbacks.length).toBeLessThanOrEqual(MAX_ROLLBACKS)
        }
        const edges = Map.groupBy(
          history.rollbacks,
          ({ from_state, target_state }) => `${from_state} ${target_state}`,
        )
        for (const alike of edges.values()) expect(alike.length).toBeLessThanOrEqual(MAX_ROLLBACKS_PER_EDGE)
      }),
      { numRuns: 500 },
    )
  })

  test('W19 begins in discovery with progress 0', () => {
    expect(HANDOFF.initial).toBe('discovery')
    expect(handoffProgress(at('discovery'))).toBe(0)
    expect(completedPhases(at('discovery'))).toEqual([])
  })
})
