import { expect, test } from 'vitest'

import type { AiPolicy, Evidence } from '../../../contract/requirements.ts'
import { combinePolicy } from './combine-policy.ts'

function said(quote: string, start: number): Evidence {
  const document_id = '7f6d3b1e-52d4-4c39-9a51-2f1c8a4d9e01'
  return { document_id, quote, start, end: start + quote.length, page: null, match: 'exact' }
}

const BAN = said('No AI tools.', 100)
const LEAVE = said('You may use AI for grammar.', 10)
const byRules: AiPolicy = { level: 4, evidence: [LEAVE] }

test('obeys the stricter reading and puts its words first', () => {
  expect(combinePolicy(byRules, 'no_ai', [BAN])).toEqual({ level: 1, evidence: [BAN, LEAVE] })
  expect(combinePolicy({ level: 1, evidence: [BAN] }, 'free', [LEAVE])).toEqual({
    level: 1,
    evidence: [BAN, LEAVE],
  })
})

test('counts a model’s reading only with words that stand in a document', () => {
  expect(combinePolicy(byRules, 'no_ai', [])).toEqual(byRules)
  expect(combinePolicy({ level: null, evidence: [] }, 'no_ai', [])).toEqual({ level: null, evidence: [] })
})

test('takes a rule only the model has read', () => {
  expect(combinePolicy({ level: null, evidence: [] }, 'outlining', [LEAVE])).toEqual({
    level: 3,
    evidence: [LEAVE],
  })
})

test('names a sentence both have read once', () => {
  expect(combinePolicy(byRules, 'editing_and_feedback', [LEAVE])).toEqual(byRules)
})
