import { expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from './index.ts'

const SYLLABUS_ID = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'

function saidOf(title: string, text: string, syllabus: string): string {
  const documents = [bareDocument(text), bareDocument(syllabus, 'syllabus', SYLLABUS_ID)]
  const { requirements } = distillOffline({ context: bareContext({ title }, 'UTC'), documents })
  return requirements.map(({ statement }) => statement).join('\n')
}

test.each([
  ['Group presentation', 'Give a talk of 15 minutes.', 'Late reports lose 3 points per working day.'],
  ['Essay 2', 'Write 2,000 words on one reform.', 'Late posts earn no credit: they lose all points.'],
  ['Map quiz', 'Study the map.', 'Late essays lose 10% per day.'],
])('%s: leaves out a rule of the course on late work of another sort', (title, text, syllabus) => {
  expect(saidOf(title, text, syllabus)).not.toMatch(/late/iu)
})

test.each([
  ['Lab 4', 'Write a report of 8 pages.', 'Late reports lose 3 points per working day.'],
  ['Essay 2', 'Write 2,000 words on one reform.', 'Late essays lose 5% per day.'],
  ['Group presentation', 'Give a talk of 15 minutes.', 'Late work loses 3 points per working day.'],
  ['Problem Set 4', 'Solve the four problems below.', 'Late homework loses 10% per day.'],
  ['Essay 2', 'Write 2,000 words on one reform.', 'Late papers lose 5% per day.'],
  ['Lab 3', 'Hand in your write-up.', 'Late lab reports lose 10% per day.'],
  ['Task 3', 'Answer the questions below.', 'Late reports lose 3 points per working day.'],
  ['Discussion 3', 'Write one reply.', 'Late replies lose 2 points per day.'],
])('%s: keeps a rule that speaks of this work or of any', (title, text, syllabus) => {
  expect(saidOf(title, text, syllabus)).toMatch(/late/iu)
})
