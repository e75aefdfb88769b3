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
