import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { parseBlocks } from './parse-blocks.ts'
import { rawSpan } from './view.ts'

const outline = (raw: string) => parseBlocks(raw).map(({ kind, view }) => [kind, view.text])

describe('parseBlocks()', () => {
  test('reads Markdown headings, items, rows and footnotes, without their marks', () => {
    const raw =
      '# Lab *3*\n\nWrite a **short** report.\n\n- one\n  more\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: See [the guide](https://x.org/a_b).\n'
    expect(outline(raw)).toEqual([
      ['heading', 'Lab 3'],
      ['paragraph', 'Write a short report.'],
      ['item', 'one more'],
      ['item', 'two'],
      ['row', 'a | b |'],
      ['row', '1 | 2 |'],
      ['footnote', 'See the guide.'],
    ])
  })

  test('finds headings in plain text and rejoins hard-wrapped lines and broken words', () => {
    const raw =
      'Urban Ecology Report\n\n3.2 Methods\nDescribe the sampling sites and the equip-\nment you used, and say how peer-\nreviewed sources\nsupport it.\nResults\nGive a table.\n'
    expect(outline(raw)).toEqual([
      ['heading', 'Urban Ecology Report'],
      ['heading', '3.2 Methods'],
      [
        'paragraph',
        'Describe the sampling sites and the equipment you used, and say how peer-reviewed sources support it.',
      ],
      ['heading', 'Results'],
      ['paragraph', 'Give a table.'],
    ])
  })

  test('keeps lines an author broke on purpose apart', () => {
    expect(outline('Length: 1,500 words  \nStyle: MLA\n')).toEqual([
      ['paragraph', 'Length: 1,500 words'],
      ['paragraph', 'Style: MLA'],
    ])
  })

  test('does not take a numbered step for a heading', () => {
    expect(outline('1. Choose a site\n2. Visit the site twice\n').map(([kind]) => kind)).toEqual([
      'item',
      'item',
    ])
  })

  test('tells which headings stand above a block', () => {
    const blocks = parseBlocks('# A\n\n## B\n\nx y.\n\n# C\n\nz.\n')
    expect(blocks.map(({ path }) => path)).toEqual([[], ['A'], ['A', 'B'], [], ['C']])
  })

  test('reads a table of a PDF as rows, cells that run over and all, and ends before the text below', () => {
    const table = 'Part\tWhat counts\tPoints\nField data\t20\tcomplete, every\nlimit kept\nTotal\t80\n'
    expect(outline(`# Points\n${table}Late reports lose 8 points.\n1 / 2\n`)).toEqual([
      ['heading', 'Points'],
      ['row', 'Part | What counts | Points'],
      ['row', 'Field data | 20 | complete, every limit kept'],
      ['row', 'Total | 80'],
      ['paragraph', 'Late reports lose 8 points.'],
    ])
  })

  test('takes numbered titles that count through the text for headings, and a list for a list', () => {
    const text =
      '1. What you do\nMeasure it.\n2. What you hand in\n1. A report.\n2. A script.\n3. Who helps\nAsk.\n'
    expect(outline(text).filter(([kind]) => kind === 'heading')).toEqual([
      ['heading', '1. What you do'],
      ['heading', '2. What you hand in'],
      ['heading', '3. Who helps'],
    ])
  })

  test('keeps a demand with a name of its own together, and page numbers and bylines out of it', () => {
    const text =
      'Dr. Ames · Room 3 · 80 points\nR1\tEach record starts\nwith a sum.\n2 / 4\nR2 Keys are short.\n'
    expect(outline(text)).toEqual([
      ['item', 'R1 Each record starts with a sum.'],
      ['item', 'R2 Keys are short.'],
    ])
  })

  test('leaves fenced code out', () => {
    expect(outline('Run it.\n\n```\nYou must fail\n```\n')).toEqual([['paragraph', 'Run it.']])
  })

  test('maps every block of any text back to raw text in order', () => {
    const piece = fc.constantFrom(
      '# T',
      '- item',
      '**b**',
      'word',
      'hyph-',
      '\n',
      '\n\n',
      ' ',
      '| a | b |',
      '[l](u)',
      '\\_',
      '1.',
      '3.2 Xy',
      'a\tb',
      'R1 Xy',
      '>',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const raw = pieces.join(' ')
        let from = 0
        for (const { view, start, end } of parseBlocks(raw)) {
          expect(view.at).toHaveLength(view.text.length)
          const span = rawSpan(view, { start: 0, end: view.text.length })
          expect(span.start).toBeGreaterThanOrEqual(start)
          expect(span.end).toBeLessThanOrEqual(end)
          expect(start).toBeGreaterThanOrEqual(from)
          const shown = [...view.at.entries()].filter(([i]) => !/[ |]/u.test(view.text[i] ?? ''))
          for (const [i, at] of shown) expect(raw[at]).toBe(view.text[i])
          from = end
        }
      }),
    )
  })
})
