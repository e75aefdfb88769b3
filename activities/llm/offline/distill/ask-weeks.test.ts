import { expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from './index.ts'

const context = bareContext({ title: 'Project 3', due_at: '2026-12-07T04:59:00Z' }, 'America/New_York')

function ask(text: string): readonly string[] {
  const { open_questions } = distillOffline({ context, documents: [bareDocument(`${text}\n`)] })
  return open_questions.filter((question) => question.includes('the term begin'))
}

test.each([
  ['Register your team by the end of Week 9.', '“Week 9”'],
  ['Show the encoder to your tutor in weeks 9–11.', '“weeks 9–11”'],
  ['Come to office hours in weeks 3 or 4. Submit the draft in week 6.', '“weeks 3 or 4” and “week 6”'],
])('asks for the start of term in %j', (text, named) => {
  expect(ask(text)).toEqual([
    `The text counts in weeks of the term (${named}) and gives no date for them. On which day does the term begin?`,
  ])
})

test.each([
  'Hand in the draft in week 6 (October 12).',
  'Use one reading from week 3.',
  'Work on it for two weeks.',
  'In week 2 we met Snow.',
])('asks nothing in %j', (text) => {
  expect(ask(text)).toEqual([])
})
