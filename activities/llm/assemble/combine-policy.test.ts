import { expect, test } from 'vitest'

import type { AiPolicy, Evidence } from '../../../contract/requirements.ts'
import { combinePolicy } from './combine-policy.ts'

const BRIEF = '7f6d3b1e-52d4-4c39-9a51-2f1c8a4d9e01'
const SYLLABUS = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'
const isCourse = (id: string): boolean => id === SYLLABUS

function said(quote: string, start: number, document_id = BRIEF): Evidence {
  return { document_id, quote, start, end: start + quote.length, page: null, match: 'exact' }
}

const BAN = said('No AI tools.', 100)
const LEAVE = said('You may use AI for grammar.', 10)
const COURSE_BAN = said('AI is not permitted in this course.', 5, SYLLABUS)
const SILENT: AiPolicy = { level: null, evidence: [] }
const byRules: AiPolicy = { level: 4, evidence: [LEAVE] }

test('obeys the stricter reading and puts its words first', () => {
  expect(combinePolicy(byRules, { level: 'no_ai', quoted: [BAN] }, isCourse)).toEqual({
    level: 1,
    evidence: [BAN, LEAVE],
  })
  expect(combinePolicy({ level: 1, evidence: [BAN] }, { level: 'free', quoted: [LEAVE] }, isCourse)).toEqual({
    level: 1,
    evidence: [BAN, LEAVE],
  })
})

test('counts a model’s reading only with words that stand in a document', () => {
  expect(combinePolicy(byRules, { level: 'no_ai', quoted: [] }, isCourse)).toEqual(byRules)
  expect(combinePolicy(SILENT, { level: 'no_ai', quoted: [] }, isCourse)).toEqual(SILENT)
})

test('counts no reading whose words do not speak of AI', () => {
  const late = said('Late essays lose 5% per day.', 40)
  expect(combinePolicy(SILENT, { level: 'no_ai', quoted: [late] }, isCourse)).toEqual(SILENT)
  const them = said('They may not write for you.', 60)
  expect(combinePolicy(SILENT, { level: 'ideas', quoted: [LEAVE, them] }, isCourse)).toEqual({
    level: 2,
    evidence: [LEAVE, them],
  })
})

test('keeps the assignment’s own rule above the course’s, whatever a model makes of the course’s', () => {
  expect(combinePolicy(byRules, { level: 'no_ai', quoted: [COURSE_BAN] }, isCourse)).toEqual(byRules)
  expect(combinePolicy(SILENT, { level: 'no_ai', quoted: [COURSE_BAN] }, isCourse)).toEqual({
    level: 1,
    evidence: [COURSE_BAN],
  })
})

test('takes a rule only the model has read', () => {
  expect(combinePolicy(SILENT, { level: 'outlining', quoted: [LEAVE] }, isCourse)).toEqual({
    level: 3,
    evidence: [LEAVE],
  })
})

test('names a sentence both have read once', () => {
  expect(combinePolicy(byRules, { level: 'editing_and_feedback', quoted: [LEAVE] }, isCourse)).toEqual(
    byRules,
  )
})

test('gives feedback on a model’s reading only where the words it gives for it speak of feedback', () => {
  const level = 'editing_and_feedback'
  expect(combinePolicy(SILENT, { level, quoted: [LEAVE] }, isCourse).permits).toEqual({
    plan: true,
    feedback: false,
  })
  const named = said('You may use AI for feedback on a draft.', 200)
  expect(combinePolicy(SILENT, { level, quoted: [named] }, isCourse).permits).toBeUndefined()
})

test('keeps what the rules found forbidden, whatever the model reads', () => {
  const permits = { plan: false, feedback: false }
  for (const level of ['free', 'outlining'] as const)
    expect(combinePolicy({ ...byRules, permits }, { level, quoted: [LEAVE] }, isCourse).permits).toEqual(
      permits,
    )
})
