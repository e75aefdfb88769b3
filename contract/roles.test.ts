import { expect, test } from 'vitest'

import { HANDOFF } from './machines/handoff-machine.ts'
import { parseHandoffState, parseRole } from './handoff/names.ts'
import { expectationOf, ROLES, STATE_DUTIES } from './roles.ts'

test.each([
  ['W9', 'handoff_to_coder', 'code_writer'],
  ['W10', 'handoff_to_tester', 'test_auditor'],
  ['W11', 'handoff_to_verifier', 'verification_overseer'],
  ['W12', 'handoff_to_releaser', 'release_manager'],
] as const)('%s %s belongs next to %s, and stays with its giver until then', (_row, state, role) => {
  expect(STATE_DUTIES[state].actor).toBe(role)
  const before = HANDOFF.states[HANDOFF.states.indexOf(state) - 1] ?? state
  expect(STATE_DUTIES[state].owner).toBe(STATE_DUTIES[before].owner)
})

test('W13 The description of implementation names the Code Writer implementing', () => {
  expect(STATE_DUTIES.implementation.description).toContain('Code Writer')
  expect(STATE_DUTIES.implementation.description).toContain('implementing')
})

test('W14 Owners: discovery q_assistant, implementation code_writer, testing test_auditor, and so on to the end', () => {
  const owners = Object.fromEntries(Object.entries(STATE_DUTIES).map(([state, { owner }]) => [state, owner]))
  expect(owners).toEqual({
    discovery: 'q_assistant',
    planning: 'q_assistant',
    handoff_to_coder: 'q_assistant',
    implementation: 'code_writer',
    handoff_to_tester: 'code_writer',
    testing: 'test_auditor',
    handoff_to_verifier: 'test_auditor',
    verification: 'verification_overseer',
    handoff_to_releaser: 'verification_overseer',
    deployment: 'release_manager',
    complete: 'release_manager',
    error: null,
  })
})

test('every state says something of its own, and what is awaited has no deadline', () => {
  const descriptions = new Set(HANDOFF.states.map((state) => STATE_DUTIES[state].description))
  expect(descriptions.size).toBe(HANDOFF.states.length)
  expect(expectationOf('testing')).toEqual({
    role: 'test_auditor',
    task: STATE_DUTIES.testing.task,
    deadline: null,
  })
  expect(expectationOf('complete').role).toBeNull()
  expect(expectationOf('error').role).toBeNull()
})

test('names of roles and states are read in whatever case, and nothing else is', () => {
  for (const role of ROLES) expect(parseRole(role.toUpperCase())).toBe(role)
  for (const state of HANDOFF.states) expect(parseHandoffState(state.toUpperCase())).toBe(state)
  expect(parseHandoffState('Handoff_To_Coder')).toBe('handoff_to_coder')
  for (const text of ['', 'toString', '__proto__', ' testing', 'testing ', 'tester', 'ıssue']) {
    expect(parseRole(text)).toBeNull()
    expect(parseHandoffState(text)).toBeNull()
  }
})
