import { expect, test } from 'vitest'

import { describePolicy, POLICY_LEVELS, policyAllows } from './ai-policy.ts'

test.each([
  [null, true, true],
  [1, false, false],
  [2, true, false],
  [3, true, false],
  [4, true, true],
  [5, true, true],
])('level %j allows a plan: %j, feedback: %j', (level, plan, feedback) => {
  expect(policyAllows({ level })).toEqual({ plan, feedback })
})

test('words that keep something for the student take it from the level, and none adds to it', () => {
  const plain = { plan: true, feedback: true }
  expect(policyAllows({ level: 4, permits: { plan: true, feedback: false } })).toEqual({
    plan: true,
    feedback: false,
  })
  expect(policyAllows({ level: 5, permits: { plan: false, feedback: true } })).toEqual({
    plan: false,
    feedback: true,
  })
  expect(policyAllows({ level: 3, permits: plain })).toEqual({ plan: true, feedback: false })
  expect(policyAllows({ level: 1, permits: plain })).toEqual({ plan: false, feedback: false })
})

test('every level has words of its own, and silence says whom to ask', () => {
  expect(new Set(POLICY_LEVELS.map(({ label }) => label)).size).toBe(6)
  expect(describePolicy(null).label).toContain('ask your instructor')
})

test.each([2, 3, 4])(
  'the words of level %j set a limit and leave it to the quoted rule what is allowed',
  (level) => {
    const { label } = describePolicy(level)
    expect(label).toMatch(/^AI tools are allowed at most (?:for|to) /)
    expect(label).toContain('only as the quoted rule says')
    expect(label).not.toMatch(/edit|rewrit|feedback/)
  },
)
