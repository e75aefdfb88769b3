import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Finding } from '../offline/distill/finding.ts'
import { joinFindings } from './join-findings.ts'

function finding(start: number, end: number, more: Partial<Finding> = {}): Finding {
  return {
    document_id: 'one',
    spans: [{ start, end }],
    kind: 'content',
    modality: 'must',
    statement: `at ${start}`,
    weight: 'plain',
    quantities: [],
    group: null,
    criterion_id: null,
    ...more,
  }
}

const five = { text: 'five', value: 5, upper: null, unit: 'sources', bound: 'at_least' as const }
const join = (rules: readonly Finding[], model: readonly Finding[]) =>
  joinFindings(rules, model, ['one', 'two'])

describe('joinFindings()', () => {
  test('keeps what only one of the two found, in reading order', () => {
    const [a, b, c] = [finding(0, 10), finding(20, 30), finding(0, 10, { document_id: 'two' })]
    expect(join([b], [c, a])).toEqual([a, b, c])
  })

  test('takes the model’s reading where both speak of one place', () => {
    const model = finding(2, 18, { kind: 'source' })
    expect(join([finding(0, 20)], [model])).toEqual([model])
  })

  test('takes several readings of a model for one giant one of the rules', () => {
    const parts = [finding(0, 30), finding(30, 70), finding(70, 99)]
    expect(join([finding(0, 100)], parts)).toEqual(parts)
  })

  test('stays with the rules where the model drops a count', () => {
    const rule = finding(0, 20, { quantities: [five] })
    expect(join([rule], [finding(0, 20, { statement: 'Use sources' })])).toEqual([rule])
  })

  test('gives the model’s statement the count it says and the rules have read', () => {
    const rule = finding(0, 20, { quantities: [five] })
    const [joined] = join([rule], [finding(0, 20, { statement: 'Use five sources' })])
    expect(joined).toMatchObject({ statement: 'Use five sources', quantities: [five] })
  })

  test('keeps a duty firm where the rules have read that it binds', () => {
    const [joined] = join([finding(0, 20, { weight: 'firm' })], [finding(5, 20)])
    expect(joined).toMatchObject({ spans: [{ start: 5, end: 20 }], weight: 'firm' })
  })

  test.each([
    ['must', 'may'],
    ['must', 'should'],
    ['must_not', 'must'],
  ] as const)('stays with the rules where %s would become %s', (strict, lax) => {
    const rule = finding(0, 20, { modality: strict })
    expect(join([rule], [finding(0, 20, { modality: lax })])).toEqual([rule])
  })

  test('leaves options and rubric criteria as they are', () => {
    const option = finding(0, 20, { group: 'pair' })
    const criterion = finding(30, 50, { criterion_id: '_1' })
    expect(join([option, criterion], [finding(0, 20), finding(30, 50)])).toEqual([option, criterion])
  })

  test('loses no place the rules found, whatever a model says', () => {
    const anything = fc.array(
      fc
        .record({
          start: fc.nat(200),
          length: fc.integer({ min: 1, max: 60 }),
          modality: fc.constantFrom('must', 'must_not', 'should', 'may'),
          counts: fc.boolean(),
        })
        .map(({ start, length, modality, counts }) =>
          finding(start, start + length, {
            modality,
            quantities: counts ? [five] : [],
          }),
        ),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(anything, anything, (rules, model) => {
        const joined = join(rules, model)
        for (const rule of rules) {
          const [{ start, end }] = rule.spans
          const over = joined.filter(({ spans: [span] }) => span.start < end && start < span.end)
          expect(over.length).toBeGreaterThan(0)
          const counts = over.flatMap(({ quantities }) => quantities)
          expect(counts.length).toBeGreaterThanOrEqual(Math.min(rule.quantities.length, 1))
        }
        for (const found of joined)
          expect([...rules, ...model].some(({ spans }) => spans === found.spans)).toBe(true)
      }),
    )
  })
})
