import { expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from './index.ts'

const context = bareContext({ title: 'Essay 1', due_at: '2026-12-07T04:59:00Z' }, 'America/New_York')

function distil(text: string) {
  return distillOffline({ context, documents: [bareDocument(`${text}\n`)] }).requirements
}

test.each([
  [
    'At least six sources: no fewer than two books and no fewer than three articles. Course lectures and encyclopedias, printed or online, do not count toward the six.',
    'Course lectures and encyclopedias, printed or online, do not count toward the six sources',
  ],
  [
    'Use at least five sources. The textbook and lecture notes will not count toward the five.',
    'The textbook and lecture notes will not count toward the five sources',
  ],
  ['Cite two articles. SparkNotes and its cousins don’t count.', 'SparkNotes and its cousins don’t count'],
  ['Blog posts and tweets are not counted as sources.', 'Blog posts and tweets are not counted as sources'],
])('keeps whole what does not count in %j', (text, statement) => {
  const found = distil(text).find((requirement) => requirement.statement === statement)
  expect([found?.kind, found?.modality]).toEqual(['source', 'must_not'])
  expect(text).toContain(found?.evidence[0]?.quote)
})

test.each([
  'The Works Cited list does not count toward the word limit.',
  'Attendance does not count toward the grade.',
  'I do not count it, but I notice it.',
])('bans nothing in %j', (text) => {
  expect(distil(text).filter(({ modality }) => modality === 'must_not')).toEqual([])
})
