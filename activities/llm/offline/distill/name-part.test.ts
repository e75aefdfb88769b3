import { describe, expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { findLengthConflict } from '../roles/read-length.ts'
import { distillOffline } from './index.ts'

const context = bareContext({ title: 'Report', due_at: '2026-12-07T04:59:00Z' }, 'Europe/Berlin')

function requirementsOf(text: string) {
  return distillOffline({ context, documents: [bareDocument(text)] }).requirements
}

function statementsOf(text: string): readonly string[] {
  return requirementsOf(text).map(({ statement }) => statement)
}

const STRUCTURE = `The report is a short paper, 8 to 12 pages including figures.

# Structure

- Abstract, at most 150 words, with the result and its uncertainty.
- Theory, at most 2 pages.
- Set-up and procedure, at most 1.5 pages, with your own drawing.
`

describe('a bound on a part of the work', () => {
  test('names its part', () => {
    expect(statementsOf(STRUCTURE)).toEqual(
      expect.arrayContaining([
        'Abstract: at most 150 words, with the result and its uncertainty',
        'Theory: at most 2 pages',
        'Set-up and procedure: at most 1.5 pages, with your own drawing',
      ]),
    )
  })

  test('is no name where a demand stands before it', () => {
    expect(
      statementsOf('At least six sources: no fewer than two primary sources from the reader.\n'),
    ).toContain('No fewer than two primary sources from the reader')
  })

  test('is no contradiction of the length of the whole', () => {
    expect(findLengthConflict(requirementsOf(STRUCTURE), 'words')).toBeNull()
  })

  test('leaves the length of the whole a length: two of them contradict each other', () => {
    const twice = `${STRUCTURE}\nLength: at most 5 pages.\n`
    expect(findLengthConflict(requirementsOf(twice), 'words')).not.toBeNull()
  })
})

describe('a sentence that only says of whom or of what it speaks', () => {
  test('is no command to those it tells of', () => {
    const said = 'Students who must be sent home repeat the experiment on the make-up day.'
    const all = statementsOf(`# What to do\n\n1. The sheet counts 6 points. ${said}\n`)
    expect(all.join('\n')).not.toMatch(/students who home/iu)
  })

  test('keeps the case for which it holds', () => {
    expect(
      statementsOf(
        'Fewer than 30 points: the report is returned once for revision and can then reach at most 36 points.\n',
      ),
    ).toEqual([
      'Fewer than 30 points: the report is returned once for revision and can then reach at most 36 points',
    ])
  })

  test('is no rule of grading where it is money that is lost', () => {
    const read = requirementsOf(
      '# Safety\n\nDo not exceed 200 °C: the tube breaks and costs about 900 euros.\n',
    )
    expect(read.map(({ kind, modality }) => [kind, modality])).toEqual([['content', 'must_not']])
  })

  test('shows a formula as it is written', () => {
    const formula = String.raw`$E_n = n\,\Delta U\,e$`
    expect(statementsOf(`Use the law ${formula} for the fit.\n`)).toEqual([
      `Use the law ${formula} for the fit`,
    ])
  })
})
