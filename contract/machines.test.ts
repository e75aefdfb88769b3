import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  allowedMoves,
  isTerminalJob,
  MACHINES,
  mayMove,
  next,
  type Condition,
  type MachineName,
  type StateOf,
} from './machines.ts'
import { ENDED_JOB_STATES } from './machines/run-machines.ts'

// The contract's words, written down a second time: state → the states it may be followed by.
const CONTRACT: { readonly [M in MachineName]: { readonly [S in StateOf<M>]: string } } = {
  workspace: { idle: 'running', running: 'ready failed running', ready: 'running', failed: 'running' },
  job: {
    SUBMITTED: 'PENDING CANCELED',
    PENDING: 'RUNNING CANCELED',
    RUNNING: 'COMPLETED FAILED CANCELED',
    COMPLETED: '',
    FAILED: '',
    CANCELED: '',
  },
  worker: {
    IDLE: 'RUNNING TERMINATED',
    RUNNING: 'PAUSED COMPLETED FAILED TERMINATED',
    PAUSED: 'RUNNING TERMINATED',
    COMPLETED: '',
    FAILED: '',
    TERMINATED: '',
  },
  plan: {
    draft: 'approved rejected cancelled',
    approved: 'in_progress rejected cancelled',
    in_progress: 'paused completed failed cancelled',
    paused: 'in_progress cancelled',
    completed: 'in_progress',
    failed: 'in_progress rejected',
    rejected: '',
    cancelled: '',
  },
  task: {
    pending: 'ready blocked skipped',
    ready: 'in_progress skipped',
    in_progress: 'validating failed skipped',
    validating: 'completed in_progress failed skipped',
    completed: '',
    failed: 'pending',
    blocked: 'pending skipped',
    skipped: '',
  },
  handoff: {
    discovery: 'planning error',
    planning: 'handoff_to_coder error',
    handoff_to_coder: 'implementation error',
    implementation: 'handoff_to_tester error',
    handoff_to_tester: 'testing error',
    testing: 'handoff_to_verifier implementation error',
    handoff_to_verifier: 'verification error',
    verification: 'handoff_to_releaser implementation error',
    handoff_to_releaser: 'deployment error',
    deployment: 'complete error',
    complete: '',
    error: 'discovery planning implementation testing verification deployment',
  },
}
const ROWS: Record<MachineName, string> = {
  workspace: '',
  job: 'S22 ',
  worker: 'S22 ',
  plan: '',
  task: '',
  handoff: '',
}
const PAIRS: Record<MachineName, readonly [allowed: number, refused: number]> = {
  workspace: [6, 10],
  job: [7, 29],
  worker: [8, 28],
  plan: [15, 49],
  task: [15, 49],
  handoff: [28, 116],
}
const NAMES = Object.keys(CONTRACT) as MachineName[]
const BOTH: readonly Condition[] = ['retries_left', 'retries_spent']

function statesOf<M extends MachineName>(machine: M): readonly StateOf<M>[] {
  return MACHINES[machine].states
}
const eventsOf = (machine: MachineName) => [...new Set(MACHINES[machine].moves.map(({ on }) => on))]

describe.each(NAMES)('the %s machine', (machine) => {
  const lawful = new Map(Object.entries<string>(CONTRACT[machine]))
  const states = statesOf(machine)
  const pairs = states.flatMap((from) => states.map((to) => [from, to] as const))
  const isLawful = (from: string, to: string) => (lawful.get(from) ?? '').split(' ').includes(to)
  const [allowed, refused] = PAIRS[machine]

  test(`${ROWS[machine]}allows the ${allowed} pairs of the contract and refuses the other ${refused}`, () => {
    expect([...lawful.keys()].toSorted()).toEqual([...states].toSorted())
    for (const [from, to] of pairs) {
      expect(mayMove(machine, from, to), `${from} → ${to}`).toBe(isLawful(from, to))
    }
    const mayBe = pairs.filter(([from, to]) => mayMove(machine, from, to)).length
    expect([mayBe, pairs.length - mayBe]).toEqual([allowed, refused])
  })

  test('reaches each lawful pair by an event, and no event leads anywhere else', () => {
    const reached = states.flatMap((from) =>
      eventsOf(machine).flatMap((event) => {
        const step = next(machine, from, event, BOTH)
        return step.kind === 'moved' ? [`${from} → ${step.to}`] : []
      }),
    )
    const wanted = pairs.filter(([from, to]) => isLawful(from, to)).map(([from, to]) => `${from} → ${to}`)
    expect([...new Set(reached)].toSorted()).toEqual(wanted.toSorted())
  })

  test('has one move at most for each pair of state and event', () => {
    const keys = MACHINES[machine].moves.map(({ from, on }) => `${from} ${on}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('lets a new entity enter its initial state only, from which every state can be reached', () => {
    for (const state of states) expect(mayMove(machine, null, state)).toBe(state === states[0])
    const reached = new Set<string>(allowedMoves(machine, null))
    for (const state of reached) for (const to of allowedMoves(machine, state)) reached.add(to)
    expect([...reached].toSorted()).toEqual([...states].toSorted())
  })

  test('no sequence of events leaves the table: each moves as the contract allows or is refused with the way out', () => {
    const event = fc.constantFrom(...eventsOf(machine))
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.subarray([...BOTH])), { maxLength: 60 }), (sequence) => {
        let state: StateOf<MachineName> = MACHINES[machine].initial
        for (const [event, holding] of sequence) {
          const step = next(machine, state, event, holding)
          const wayOut = step.kind === 'moved' ? [step.to] : step.allowed
          expect(wayOut.filter((to) => !isLawful(state, to))).toEqual([])
          expect(step.kind === 'moved' || step.current_state === state).toBe(true)
          if (step.kind === 'moved') state = step.to
        }
      }),
    )
  })
})

describe('next()', () => {
  test('cancels a draft only when it is superseded', () => {
    expect(next('plan', 'draft', 'cancel')).toEqual({
      kind: 'refused',
      why: 'not_listed',
      current_state: 'draft',
      allowed: ['approved', 'rejected', 'cancelled'],
    })
    expect(next('plan', 'draft', 'supersede')).toEqual({ kind: 'moved', to: 'cancelled', by: 'reprocess' })
  })

  test('M22 Automatic retry happens below max_retries and not at it: each side asks for its condition', () => {
    expect(next('task', 'validating', 'try_again')).toMatchObject({ kind: 'refused', why: 'retries_left' })
    expect(next('task', 'validating', 'try_again', ['retries_spent'])).toMatchObject({ why: 'retries_left' })
    expect(next('task', 'validating', 'try_again', ['retries_left'])).toMatchObject({ to: 'in_progress' })
    expect(next('task', 'validating', 'fail', ['retries_left'])).toMatchObject({ why: 'retries_spent' })
    expect(next('task', 'in_progress', 'fail', ['retries_spent'])).toMatchObject({ to: 'failed', by: 'fail' })
  })

  test('takes up a failed plan by retry, a completed one only through the retry of a task', () => {
    expect(next('plan', 'failed', 'retry').kind).toBe('moved')
    expect(next('plan', 'completed', 'retry').kind).toBe('refused')
    expect(next('plan', 'completed', 'reopen').kind).toBe('moved')
  })
})

test('a job is over exactly in COMPLETED, FAILED and CANCELED', () => {
  const over = statesOf('job').filter(isTerminalJob)
  expect(over).toEqual(['COMPLETED', 'FAILED', 'CANCELED'])
  expect(ENDED_JOB_STATES).toEqual(over)
})

test.each([
  ['W1', 'discovery', 'planning', 'valid'],
  ['W2', 'planning', 'handoff_to_coder', 'valid'],
  ['W3', 'implementation', 'handoff_to_tester', 'valid'],
  ['W4', 'testing', 'handoff_to_verifier', 'valid'],
  ['W5', 'discovery', 'deployment', 'invalid'],
  ['W7', 'testing', 'implementation', 'valid'],
  ['W8', 'verification', 'implementation', 'valid'],
] as const)('%s %s → %s is %s', (_row, from, to, verdict) => {
  expect(mayMove('handoff', from, to)).toBe(verdict === 'valid')
})

test('W6 A state to itself is invalid', () => {
  for (const state of statesOf('handoff')) expect(mayMove('handoff', state, state)).toBe(false)
})

test('the 28 moves of a hand-off are 6 advances, 4 acks, 2 retries, 10 failures and 6 recoveries', () => {
  const kinds = Map.groupBy(MACHINES.handoff.moves, ({ kind }) => kind)
  const counts = Object.fromEntries([...kinds].map(([kind, moves]) => [kind, moves.length]))
  expect(counts).toEqual({ advance: 6, ack: 4, retry: 2, fail: 10, recover: 6 })
})
