import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { readQuantities } from './read-quantities.ts'

const shown = (text: string) =>
  readQuantities(text).map(({ text, value, upper, unit, bound }) => [text, value, upper, unit, bound])

describe('readQuantities()', () => {
  test.each([
    ['Write 1,500 words.', [['1,500', 1500, null, 'words', 'exact']]],
    ['Write 1,500–2,000 words.', [['1,500–2,000', 1500, 2000, 'words', 'range']]],
    ['between 8 and 10 sources', [['8 and 10', 8, 10, 'sources', 'range']]],
    ['12-point Times New Roman', [['12', 12, null, 'pt', 'exact']]],
    ['at least three peer-reviewed articles', [['three', 3, null, 'articles', 'at_least']]],
    ['no more than 5 pages', [['5', 5, null, 'pages', 'at_most']]],
    ['no fewer than twenty-five entries', [['twenty-five', 25, null, 'entries', 'at_least']]],
    ['a 10- to 12-minute talk', [['10- to 12', 10, 12, 'minutes', 'range']]],
    ['500 words or more', [['500', 500, null, 'words', 'at_least']]],
    ['about 300 words', [['300', 300, null, 'words', 'about']]],
    ['no slide with more than 40 words', [['40', 40, null, 'words', 'at_most']]],
    ['counts for 12.5% of the grade', [['12.5', 12.5, null, '%', 'exact']]],
    [
      'two visits at least seven days apart',
      [
        ['two', 2, null, 'visits', 'exact'],
        ['seven', 7, null, 'days', 'at_least'],
      ],
    ],
    ['at least two of the three appeals', [['two', 2, null, 'appeals', 'at_least']]],
    [
      'five per cent a day, and zero after five days',
      [
        ['five', 5, null, '%', 'exact'],
        ['five', 5, null, 'days', 'exact'],
      ],
    ],
    ['no hard-coded ids (`WHERE ArtistId = 22` loses the point)', []],
    ['groups of four', [['four', 4, null, 'people', 'exact']]],
  ])('reads %j', (text, quantities) => {
    expect(shown(text)).toEqual(quantities)
  })

  test.each([
    'Read chapter 3.',
    'Use Python 3.11.',
    'in week 6',
    'on October 14',
    'by 11:59 pm',
    'APA 7 format',
    'CS101',
    'between 1750 and 1850',
    'the 17th edition',
  ])('counts nothing in %j', (text) => {
    expect(shown(text)).toEqual([])
  })

  test('reads any number whole, however its thousands are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 99_999_999 }), fc.boolean(), (value, grouped) => {
        const written = grouped ? value.toLocaleString('en-US') : String(value)
        expect(shown(`Write ${written} words.`)).toEqual([[written, value, null, 'words', 'exact']])
      }),
    )
  })

  test('lets an earlier count say what "three of which" means', () => {
    expect(readQuantities('three of which must be new', 'maps')[0]?.unit).toBe('maps')
  })
})
