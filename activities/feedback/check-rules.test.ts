import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Requirement } from '../../contract/requirements.ts'
import { essayContext, essayDistilled } from '../llm/offline/draft/examples/essay-assignment.ts'
import { draftOffline } from '../llm/offline/draft/draft-offline.ts'
import type { SubmittedWork } from '../llm/port.ts'
import { checkRules } from './check-rules.ts'
import { docx, rule, RULE_CASES, words, work } from './examples/rule-cases.ts'

const NOW = '2026-10-20T12:00:00Z'
const { plan } = draftOffline({
  context: essayContext,
  distilled: essayDistilled,
  now: NOW,
  rejection_reason: null,
})

function check(requirements: readonly Requirement[], submission: SubmittedWork, allowed: string[] = []) {
  const context = { ...essayContext, assignment: { ...essayContext.assignment, allowed_extensions: allowed } }
  const distilled = { ...essayDistilled, requirements: [...requirements] }
  return checkRules({ milestone: null, plan, plan_evidence: [], distilled, context, submission })
}

describe('checkRules()', () => {
  test.each(RULE_CASES)('%s', (_, requirement, submission, outcome, says) => {
    const [found] = check([requirement], submission)
    expect(found?.outcome).toBe(outcome)
    expect(found?.observation).toMatch(says)
    expect(found?.hard).toBe(true)
  })

  test.each([
    ['a deadline', rule('Submit by November 26', { kind: 'deadline' })],
    ['a grading rule', rule('Late essays lose 5% per day', { kind: 'grading' })],
    ['what is only allowed', rule('You may write up to 3,000 words', { modality: 'may' })],
    ['the length of a part', rule('Write a 150-word abstract', { kind: 'content' })],
    ['a number of words in each entry', rule('Write 100 words for each entry', { kind: 'content' })],
    ['a discussion of something', rule('Include a discussion of the levees', { kind: 'content' })],
  ])('says nothing of %s', (_, requirement) => {
    expect(check([requirement], work(words(40)))).toEqual([])
  })

  test('of options, one that is not met is no fault', () => {
    const option = { alternative_group: 'length' }
    const [first, second] = check(
      [
        rule('Write 500 to 600 words', { ...option, id: 'a' }),
        rule('Write 1,500 to 1,600 words', { ...option, id: 'b' }),
      ],
      work(words(550)),
    )
    expect([first?.outcome, second?.outcome]).toEqual(['met', 'not_assessed'])
  })

  test('a rule that is stated twice is checked once', () => {
    const twice = [rule('Write 500 to 600 words', { id: 'a' }), rule('Length: 500 to 600 words', { id: 'b' })]
    expect(check(twice, work(words(10)))).toHaveLength(1)
  })

  test('what Canvas takes of files is checked too', () => {
    expect(check([], work('x', docx), ['pdf'])).toMatchObject([
      { outcome: 'not_met', hard: true, requirement_id: null },
    ])
    expect(check([], work('x', docx), ['.docx', 'pdf'])).toMatchObject([{ outcome: 'met' }])
    expect(check([], work('x'), ['pdf'])).toEqual([])
  })

  test('every quote of the work stands in it at the place it gives', () => {
    const submission = work('The river rose. I saw it.\n\nWe left (Wikipedia).')
    const rules = [
      rule('Do not write in the first person', { kind: 'format', modality: 'must_not' }),
      rule('Do not cite Wikipedia', { id: 'b', kind: 'source', modality: 'must_not' }),
    ]
    const quotes = check(rules, submission).flatMap(({ evidence }) =>
      evidence.filter((one) => one.document_id === submission.document_id),
    )
    expect(quotes.length).toBeGreaterThan(1)
    for (const { quote, start, end } of quotes)
      expect(submission.text.slice(start ?? 0, end ?? 0)).toBe(quote)
  })

  test('any text gets an answer for every rule, whatever it holds', () => {
    const rules = RULE_CASES.map(([, requirement], index) => ({ ...requirement, id: `r-${index}` }))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        for (const { outcome, observation } of check(rules, work(text))) {
          expect(['met', 'not_met', 'not_assessed']).toContain(outcome)
          expect(observation.length).toBeGreaterThan(10)
        }
      }),
      { numRuns: 60 },
    )
  })
})
