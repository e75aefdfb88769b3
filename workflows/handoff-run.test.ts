import { expect, test } from 'vitest'

import type { HandoffView } from '../activities/handoff/messages.ts'
import { HANDOFF } from '../contract/machines/handoff-machine.ts'
import { describeHandoff, isCurrent, newerView, stateToWork } from './handoff-run.ts'

const VIEW: HandoffView = {
  version: 2,
  state: 'testing',
  attempt: 1,
  autorun: true,
  is_over: false,
  is_paused: false,
  job_id: 'j_000000000000',
}

test('roles work every state of a build with autorun but its ends, and none of one that is driven by hand', () => {
  const worked = HANDOFF.states.filter((state) => stateToWork({ ...VIEW, state }, 'w') !== null)
  expect(worked).toEqual(HANDOFF.states.filter((state) => state !== 'complete' && state !== 'error'))
  expect(stateToWork({ ...VIEW, autorun: false }, 'w')).toBeNull()
  expect(stateToWork({ ...VIEW, is_over: true }, 'w')).toBeNull()
  expect(stateToWork({ ...VIEW, is_paused: true }, 'w')).toBeNull()
  expect(stateToWork(null, 'w')).toBeNull()
})

test('work is current until the build is elsewhere, or in the same state once more', () => {
  const tried = { workflow_id: 'w', state: 'testing', attempt: 1 } as const
  expect(isCurrent(VIEW, tried)).toBe(true)
  for (const more of [{ attempt: 2 }, { state: 'planning' }, { is_over: true }] as const)
    expect(isCurrent({ ...VIEW, ...more }, tried)).toBe(false)
})

test('of two views the newer one counts, in whatever order they come', () => {
  const newer = { ...VIEW, version: 3 }
  expect(newerView(null, VIEW)).toBe(VIEW)
  expect(newerView(VIEW, newer)).toBe(newer)
  expect(newerView(newer, VIEW)).toBe(newer)
})

test('the details of a run say who is awaited, and nothing of what the build is about', () => {
  expect(describeHandoff(VIEW)).toContain('Test Auditor')
  expect(describeHandoff({ ...VIEW, autorun: false })).toContain('POST /workflows/{id}/advance')
  expect(describeHandoff({ ...VIEW, state: 'complete', is_over: true })).toContain('Nothing to do.')
  expect(describeHandoff({ ...VIEW, is_over: true })).toContain(
    'Nothing to do: it was stopped here for good.',
  )
  const paused = describeHandoff({ ...VIEW, autorun: false, is_paused: true })
  expect(paused).toContain('Paused by an operator')
  expect(paused).not.toContain('/advance')
})
