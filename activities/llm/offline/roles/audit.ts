import { LEAST_COVERAGE, type PhaseResult } from '../../../../contract/phase-results.ts'
import { toLine } from '../../../roles/lines.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import type { Check } from './checks/check.ts'
import { checkBudget } from './checks/check-budget.ts'
import { checkFiles } from './checks/check-files.ts'
import { checkPlaces } from './checks/check-places.ts'
import { checkNumbers } from './checks/check-sources.ts'
import { checkTestCases } from './checks/check-test-cases.ts'

type TestResult = PhaseResult<'testing'>['test_results'][number]

const ROOM = 50_000
const LONGEST = 600
const SHORTEST = 80

/** Everything code can test of the artefacts: each success criterion, then what holds for all of them. */
export function listChecks(input: RoleInput): readonly Check[] {
  return [
    ...checkPlaces(input),
    ...checkFiles(input),
    ...checkBudget(input),
    checkNumbers(input),
    checkTestCases(input),
  ]
}

/** Rows that fit into a result: where they are too long together, each is shortened alike. */
function fitRows(checks: readonly Check[]): readonly TestResult[] {
  const rows = (longest: number) =>
    checks.map(({ criterion, passed, note }): TestResult => ({
      criterion: toLine(criterion, longest) || 'A criterion without words.',
      passed,
      note: toLine(note, Math.min(longest, LONGEST)) || 'Looked at.',
    }))
  for (let longest = LONGEST; longest > SHORTEST; longest = Math.floor(longest / 2)) {
    const fitting = rows(longest)
    if (JSON.stringify(fitting).length <= ROOM) return fitting
  }
  return rows(SHORTEST)
}

/** The result of testing that follows from its checks: passed where each is, and enough of them could be looked at. */
export function concludeAudit(checks: readonly Check[]): PhaseResult<'testing'> {
  const covered = checks.filter((check) => check.covered).length
  const test_coverage = Math.round((covered / Math.max(1, checks.length)) * 1_000) / 10
  const passed = checks.every((check) => check.passed) && test_coverage >= LEAST_COVERAGE
  return { test_results: [...fitRows(checks)], test_coverage, passed }
}

/** Tests by code what implementation made. */
export function auditOffline(input: RoleInput): PhaseResult<'testing'> {
  return concludeAudit(listChecks(input))
}
