import { expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from './index.ts'

const context = bareContext({ title: 'Project 3', due_at: '2026-12-07T04:59:00Z' }, 'America/New_York')

function distil(text: string) {
  return distillOffline({ context, documents: [bareDocument(`# Ground rules\n\n${text}\n`)] }).requirements
}

test.each([
  ['Discuss ideas with anybody.', 'may'],
  ['Talk about the problems with anyone you like.', 'may'],
  ['Compare your results with other groups.', 'must'],
])('keeps %j out of what is made: %s', (text, modality) => {
  expect(
    distil(text).map((found) => [['collaboration', 'policy'].includes(found.kind), found.modality]),
  ).toEqual([[true, modality]])
})

test.each([
  ['Discuss the causes with reference to two sources.', 'must'],
  ['Do not discuss the problems with anyone.', 'must_not'],
])('allows nothing in %j', (text, modality) => {
  expect(distil(text).map((found) => found.modality)).toEqual([modality])
})

test.each(['It takes 20 hours; start with Section 4.', 'It takes 20 hours; begin with Part 2.'])(
  'takes where to begin for advice on the way in %j',
  (text) => {
    const [found] = distillOffline({ context, documents: [bareDocument(`${text}\n`)] }).requirements
    expect([found?.kind, found?.modality]).toEqual(['process', 'should'])
  },
)

test('still reads how the work itself begins as its structure', () => {
  const [found] = distillOffline({
    context,
    documents: [bareDocument('Start with an abstract.\n')],
  }).requirements
  expect([found?.kind, found?.modality]).toEqual(['structure', 'must'])
})

test('tells the size of a file with the file', () => {
  const { requirements } = distillOffline({
    context,
    documents: [bareDocument('One upload per team, work.zip, at most 2 MB.\n')],
  })
  expect(requirements.map(({ kind, statement }) => [kind, statement])).toEqual([
    ['submission', 'One upload per team, work.zip, at most 2 MB'],
  ])
})

test('takes each use a permission names for allowed, and none for demanded', () => {
  const text = 'You may use AI assistants to explain concepts and to plan and outline your work.'
  const { requirements } = distillOffline({ context, documents: [bareDocument(`${text}\n`)] })
  expect(requirements.map(({ modality, statement }) => [modality, statement])).toEqual([
    ['may', 'Use AI assistants to explain concepts and to plan and outline your work'],
  ])
})

test('keeps a demand beside a permission', () => {
  const { requirements } = distillOffline({
    context,
    documents: [bareDocument('You may use Java and submit a zip.\n')],
  })
  expect(requirements.map(({ modality, statement }) => [modality, statement])).toEqual([
    ['may', 'Use Java'],
    ['must', 'Submit a zip'],
  ])
})

test('reads how large a file may be as a bound, no permission', () => {
  const { requirements } = distillOffline({
    context,
    documents: [bareDocument('The file may be at most 5 MB.\n')],
  })
  expect(requirements.map(({ kind, modality, quantities }) => [kind, modality, quantities])).toEqual([
    [
      'submission',
      'must',
      [expect.objectContaining({ value: 5, upper: null, unit: 'MB', bound: 'at_most' })],
    ],
  ])
})
