import { describe, expect, test } from 'vitest'

import { draftOffline } from '../llm/offline/draft/draft-offline.ts'
import {
  ESSAY_NOW,
  essayContext,
  essayDistilled,
  essayDocuments,
} from '../llm/offline/draft/examples/essay-assignment.ts'
import { proseLeak } from './prose-leak.ts'

const { plan } = draftOffline({
  context: essayContext,
  distilled: essayDistilled,
  now: ESSAY_NOW,
  rejection_reason: null,
})
const sources = essayDocuments.map(({ text }) => text)

function leaksOf(purpose: string, known: readonly string[] = sources) {
  const [first, ...rest] = plan.milestones
  return proseLeak(
    { ...plan, milestones: first === undefined ? rest : [{ ...first, purpose }, ...rest] },
    known,
  )
}

describe('proseLeak()', () => {
  test('lets a plan pass', () => {
    expect(proseLeak(plan, sources)).toEqual([])
  })

  test.each([
    'In this essay, I will argue that Rotterdam has built the stronger defences while Basel has relied on luck and geography.',
    'The floods of 1993 were a turning point in river management because they revealed how far the old dikes had been neglected.',
    'Throughout history, rivers have given cities both wealth and fear, and Passau is perhaps the clearest example of this double gift.',
    'This paper examines how memory of past floods shapes the willingness of residents to pay for protection.',
  ])('finds prose of the work: %s', (prose) => {
    expect(leaksOf(prose)).toEqual([{ pointer: '/milestones/0/purpose', text: prose }])
  })

  test.each([
    'def analyse(path):\n    return open(path).read()',
    'const total = rows.reduce((sum, row) => sum + row, 0)',
    '#include <stdio.h>',
  ])('finds code: %s', (code) => {
    expect(leaksOf(code).map(({ pointer }) => pointer)).toEqual(['/milestones/0/purpose'])
  })

  test('does not take the words of the source for a leak', () => {
    const prose =
      'Rivers are older than the cities beside them, and they have always been stronger than any wall people could build.'
    expect(leaksOf(prose)).toHaveLength(1)
    expect(leaksOf(prose, [...sources, `${prose} Discuss.`])).toEqual([])
  })

  test.each([
    'Compare how both cities were protected in the past, then decide which measures were worth their price and which were not.',
    'The outline changes while sources come in late, because the library is slow and several articles have to be ordered.',
    'Short and finished, it was good.',
  ])('lets the voice of a plan pass: %s', (line) => {
    expect(leaksOf(line)).toEqual([])
  })
})
