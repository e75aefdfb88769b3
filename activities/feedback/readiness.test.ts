import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { CriterionAssessment, RuleCheck } from '../../contract/feedback.ts'
import { lowerOf, readinessOf } from './readiness.ts'

const outcome = fc.constantFrom('met' as const, 'not_met' as const, 'not_assessed' as const)
const checks: fc.Arbitrary<RuleCheck[]> = fc.array(
  fc.record({
    id: fc.constant('a'),
    requirement_id: fc.constant(null),
    rule: fc.constant('a rule'),
    outcome,
    observation: fc.constant('seen'),
    hard: fc.boolean(),
    missing: fc.double({ min: 0, max: 1, noNaN: true }),
    evidence: fc.constant([]),
  }),
  { maxLength: 8 },
)
const criteria: fc.Arbitrary<CriterionAssessment[]> = fc.array(
  fc.record({
    criterion_id: fc.constant('c'),
    criterion: fc.constant('a criterion'),
    status: fc.constantFrom(
      'met' as const,
      'partly_met' as const,
      'not_met' as const,
      'not_assessed' as const,
    ),
    observation: fc.constant('seen'),
    evidence: fc.constant([]),
  }),
  { maxLength: 8 },
)
const ORDER = ['not_ready', 'almost_ready', 'ready']

test('nothing is ready while a hard rule is broken or a criterion is not seen to be met', () => {
  fc.assert(
    fc.property(checks, criteria, (rules, seen) => {
      const broken = rules.filter(({ hard, outcome: of }) => hard && of === 'not_met').length
      const isMet = seen.length > 0 && seen.every(({ status }) => status === 'met')
      const readiness = readinessOf({ checks: rules, criteria: seen })
      expect(readiness === 'ready').toBe(broken === 0 && isMet)
      expect(broken > 1 && readiness !== 'not_ready').toBe(false)
    }),
  )
})

test('breaking one more rule never makes work readier', () => {
  fc.assert(
    fc.property(checks, criteria, (rules, seen) => {
      const before = readinessOf({ checks: rules, criteria: seen })
      const worse: RuleCheck[] = rules.map((rule) => ({ ...rule, outcome: 'not_met' }))
      expect(ORDER.indexOf(readinessOf({ checks: worse, criteria: seen }))).toBeLessThanOrEqual(
        ORDER.indexOf(before),
      )
    }),
  )
})

test('work of which a quarter of a hard count is not there is not ready', () => {
  const check = {
    id: 'a',
    requirement_id: null,
    rule: 'a rule',
    outcome: 'not_met',
    observation: 'seen',
    hard: true,
    evidence: [],
  } as const
  const readiness = (missing: number) =>
    readinessOf({ checks: [{ ...check, evidence: [], missing }], criteria: [] })
  expect([readiness(0.02), readiness(0.25), readiness(0.26), readiness(1)]).toEqual([
    'almost_ready',
    'almost_ready',
    'not_ready',
    'not_ready',
  ])
})

test('a model may lower readiness and never raise it', () => {
  expect(lowerOf('ready', 'not_ready')).toBe('not_ready')
  expect(lowerOf('almost_ready', 'ready')).toBe('almost_ready')
})
