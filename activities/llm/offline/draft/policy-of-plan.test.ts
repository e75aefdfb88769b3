import { describe, expect, test } from 'vitest'

import type { Distilled, Evidence, Requirement } from '../../../../contract/requirements.ts'
import { draftEssay } from './examples/draft-essay.ts'
import { essayDistilled } from './examples/essay-assignment.ts'
import { findDisclosures } from './find-disclosures.ts'

const SYLLABUS = '2b1f7d0c-94ce-4f0e-8a55-6a7a1b1f0c02'
const TEXT = [
  'You may use generative AI to outline your work and to get feedback on a text of your own.',
  'You may not use them to draft or rewrite any text that you hand in.',
  'If you used such a tool, add a note of two sentences saying which tool and for what.',
  'Use AI as you like, as long as you cite it.',
].join(' ')
const [LEAVE = '', BAN = '', DUTY = '', FREE = ''] = TEXT.split(/(?<=\.) /)

function quoteOf(quote: string): Evidence {
  const start = TEXT.indexOf(quote)
  return { document_id: SYLLABUS, quote, start, end: start + quote.length, page: null, match: 'exact' }
}

function rule(id: string, modality: Requirement['modality'], quote: string): Requirement {
  return {
    id,
    kind: 'policy',
    modality,
    statement: quote.replace(/\.$/, ''),
    hard: modality === 'must_not',
    quantities: [],
    alternative_group: null,
    criterion_id: null,
    evidence: [quoteOf(quote)],
  }
}

const RULES = [rule('leave', 'may', LEAVE), rule('ban', 'must_not', BAN), rule('duty', 'must', DUTY)]

function draftUnder(rules: readonly Requirement[], ai_policy: Distilled['ai_policy']) {
  const others = essayDistilled.requirements.filter(({ id }) => id !== 'ai')
  return draftEssay({ distilled: { requirements: [...others, ...rules], ai_policy } }).plan
}

describe('what a plan says of AI', () => {
  const ai_policy = { level: 4, evidence: [quoteOf(LEAVE)] }

  test('warns in the words that forbid something too, and grants nothing beside the quoted rule', () => {
    const risk = draftUnder(RULES, ai_policy).risks.find(({ risk: text }) => text.startsWith('AI tools'))
    expect(risk?.risk).toContain(`“${LEAVE}” “${BAN}”`)
    expect(risk?.risk.replaceAll(/“[^”]*”/g, '')).not.toMatch(/edit|rewrit|feedback/)
  })

  test('tells what other words allow beside the deciding ones', () => {
    const also = rule('also', 'may', FREE)
    const plan = draftUnder([...RULES, also], ai_policy)
    const risk = plan.risks.find(({ risk: text }) => text.startsWith('AI tools'))
    expect(risk?.risk).toContain(`“${LEAVE}” “${FREE}” “${BAN}”`)
  })

  test('carries the duty to say that AI was used among the constraints and in the final checklist', () => {
    const { assignment_summary, submission_strategy } = draftUnder(RULES, ai_policy)
    expect(assignment_summary.hard_constraints).toContain(DUTY)
    expect(submission_strategy.final_checklist).toContain(DUTY)
    expect(submission_strategy.final_checklist.join('\n')).toContain(BAN)
  })

  test('carries a duty that is told in the rule itself', () => {
    const policy = { level: 5, evidence: [quoteOf(FREE)] }
    const { assignment_summary, submission_strategy } = draftUnder([rule('free', 'may', FREE)], policy)
    expect(assignment_summary.hard_constraints).toContain(FREE)
    expect(submission_strategy.final_checklist.join('\n')).toContain(FREE)
  })
})

test.each([
  ['names a tool', 'Declare any use of ChatGPT on the cover sheet', true],
  ['means a tool named before', 'State any use in the acknowledgements of the report', true],
  ['speaks of classmates', 'Name everybody you talked to in NOTES.md', false],
  ['frees of it', 'You need not cite AI tools', false],
])('findDisclosures() of a rule that %s', (_, statement, expected) => {
  const own = { ...rule('duty', 'must', DUTY), statement }
  const ids = findDisclosures([rule('leave', 'may', LEAVE), own], { level: 4, evidence: [] })
  expect([...ids]).toEqual(expected ? ['duty'] : [])
})

test('findDisclosures() takes “such a tool” for AI only behind a sentence that names AI', () => {
  const policy = { level: null, evidence: [] }
  expect([...findDisclosures([rule('duty', 'must', DUTY)], policy)]).toEqual([])
  const elsewhere = { ...quoteOf(LEAVE), document_id: '2b1f7d0c-94ce-4f0e-8a55-6a7a1b1f0c03' }
  expect([...findDisclosures([rule('duty', 'must', DUTY)], { level: 4, evidence: [elsewhere] })]).toEqual([])
})
