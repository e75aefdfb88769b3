import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  allowedMoves,
  isTerminalJob,
  MACHINES,
  mayMove,
  type JobState,
  type WorkspaceState,
} from './machines.ts'

const JOB_STATES = Object.keys(MACHINES.job.moves) as JobState[]
const WORKSPACE_STATES = Object.keys(MACHINES.workspace.moves) as WorkspaceState[]

describe('the job machine (S22)', () => {
  const allowed: ReadonlySet<string> = new Set([
    'SUBMITTED>PENDING',
    'SUBMITTED>CANCELED',
    'PENDING>RUNNING',
    'PENDING>CANCELED',
    'RUNNING>COMPLETED',
    'RUNNING>FAILED',
    'RUNNING>CANCELED',
  ])

  test.each(JOB_STATES.flatMap((from) => JOB_STATES.map((to) => [from, to] as const)))(
    '%s → %s is as the contract says',
    (from, to) => {
      expect(mayMove('job', from, to)).toBe(allowed.has(`${from}>${to}`))
    },
  )

  test('a state is terminal exactly when no move leads out of it', () => {
    for (const state of JOB_STATES) expect(isTerminalJob(state)).toBe(allowedMoves('job', state).length === 0)
  })
})

describe('the workspace machine', () => {
  const allowed: ReadonlySet<string> = new Set([
    'idle>running',
    'running>ready',
    'running>failed',
    'running>running',
    'ready>running',
    'failed>running',
  ])

  test.each(WORKSPACE_STATES.flatMap((from) => WORKSPACE_STATES.map((to) => [from, to] as const)))(
    '%s → %s is as the contract says',
    (from, to) => {
      expect(mayMove('workspace', from, to)).toBe(allowed.has(`${from}>${to}`))
    },
  )
})

test('a new entity may only enter its initial state', () => {
  for (const state of JOB_STATES) expect(mayMove('job', null, state)).toBe(state === 'SUBMITTED')
  for (const state of WORKSPACE_STATES) expect(mayMove('workspace', null, state)).toBe(state === 'idle')
})

test('no sequence of allowed moves leaves the table', () => {
  const choices = fc.array(fc.nat(), { maxLength: 40 })
  fc.assert(
    fc.property(fc.constantFrom('job', 'workspace'), choices, (machine, picks) => {
      let state: string = MACHINES[machine].initial
      for (const pick of picks) {
        const moves = allowedMoves(machine, state)
        if (moves.length === 0) break
        state = moves[pick % moves.length] ?? state
        expect(Object.keys(MACHINES[machine].moves)).toContain(state)
      }
    }),
  )
})
