import type { RoleInput } from '../../../../roles/role-input.ts'
import { settled, type Check } from './check.ts'

const CASES: readonly (readonly [string, RegExp])[] = [
  ['edge', /\b(?:edges?|limits?|boundar\w+|empty|smallest|largest|beyond)\b/i],
  ['error', /\b(?:errors?|wrong|missing|invalid|fail\w*|malformed)\b/i],
  ['security', /\b(?:secur\w+|harm\w*|hostile|malicious|inject\w+|unsafe|scripts?)\b/i],
]

/** Whether the test cases go beyond what usually happens. */
export function checkTestCases({ results }: RoleInput): Check {
  const cases = results.implementation?.test_cases ?? []
  const lacking = CASES.filter(([, sign]) => !cases.some((text) => sign.test(text))).map(
    ([name]) => `No ${name} case is among the test cases.`,
  )
  return settled(
    'The test cases reach edges, errors and security.',
    cases.length === 0 ? ['There are no test cases.'] : lacking,
    `${cases.length} test cases.`,
  )
}
