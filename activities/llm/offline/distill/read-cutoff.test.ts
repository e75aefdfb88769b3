import { expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from './index.ts'

const context = bareContext({ title: 'Essay 1', due_at: '2026-12-07T04:59:00Z' }, 'America/New_York')

function distil(text: string) {
  return distillOffline({ context, documents: [bareDocument(`${text}\n`)] }).requirements
}

test.each([
  [
    'Write 1,800 to 2,200 words. Put the count under your title. I stop reading at 2,200.',
    '2,200 words',
    'your instructor stops reading there',
  ],
  ['Write 1,500 words. Markers will stop reading after 1,500 words.', '1,500 words', null],
  ['Your talk lasts ten minutes. We stop you at ten.', 'ten minutes', null],
])('takes where reading stops for an upper bound in %j', (text, most, why) => {
  const found = distil(text).find(({ statement }) => /\bstops?\b/u.test(statement))
  expect([found?.kind, found?.modality, found?.hard]).toEqual(['length', 'must', true])
  expect(found?.statement).toMatch(new RegExp(`${most}${why === null ? '' : `: ${why}`}$`, 'u'))
  expect(found?.quantities).toEqual([
    expect.objectContaining({ bound: 'at_most', upper: null, unit: most.split(' ')[1] }),
  ])
})

test('names no unit for a number that nothing before it counts', () => {
  const found = distil('Write two pages. I stop reading at 2,200.').find(({ statement }) =>
    statement.includes('stops'),
  )
  expect([found?.statement, found?.quantities]).toEqual(['Your instructor stops reading at 2,200', []])
})

test.each([
  'I will not read past page 8.',
  'Anything beyond 1,500 words will not be read.',
  'Markers read only the first four pages.',
  'Nothing after page 8 is read.',
])('takes %j for a rule of length', (text) => {
  expect(distil(text).map(({ kind }) => kind)).toContain('length')
})

test.each(['I stop reading when I am tired.', 'We read four poems in week two.'])(
  'takes no limit from %j',
  (text) => {
    expect(distil(text).filter(({ kind }) => kind === 'length')).toEqual([])
  },
)

test('keeps a maximum beside what becomes of the rest', () => {
  const found = distil('The maximum is 8 pages; nothing after page 8 is read.')
  expect(found.map(({ kind, modality, statement }) => [kind, modality, statement])).toEqual([
    ['length', 'must', 'The maximum is 8 pages'],
    ['length', 'must', 'Nothing after page 8 is read'],
  ])
  expect(found[0]?.quantities).toEqual([
    expect.objectContaining({ value: 8, upper: null, unit: 'pages', bound: 'at_most' }),
  ])
})
