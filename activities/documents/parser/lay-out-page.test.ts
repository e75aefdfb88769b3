import { describe, expect, test } from 'vitest'

import { layOutPage, type TextRun } from './lay-out-page.ts'

function run(text: string, x: number, y: number, more: Partial<TextRun> = {}): TextRun {
  return { text, x, y, width: text.length * 5, height: 10, endsLine: false, ...more }
}

describe('layOutPage()', () => {
  test('breaks a line where the reader reports one and where the text drops', () => {
    const runs = [
      run('Write an ', 72, 100),
      run('essay.', 117, 100, { endsLine: true }),
      run('Cite', 72, 114),
      run('sources.', 72, 142),
    ]
    expect(layOutPage(runs)).toBe('Write an essay.\nCite\nsources.')
  })

  test('keeps a raised character on its line', () => {
    expect(
      layOutPage([run('E = mc', 72, 100), run('2', 102, 96, { height: 6 }), run(' holds', 107, 100)]),
    ).toBe('E = mc2 holds')
  })

  test('sets the cells of a row apart by a tab', () => {
    expect(layOutPage([run('Part', 72, 100), run(' ', 92, 100, { width: 3 }), run('Points', 300, 100)])).toBe(
      'Part\tPoints',
    )
  })

  test('puts markers drawn after the text before their items', () => {
    const runs = [
      run('First item', 90, 100, { endsLine: true }),
      run('goes on', 90, 114, { endsLine: true }),
      run('Second item', 90, 128, { endsLine: true }),
      run('•', 76, 100, { endsLine: true }),
      run('2.', 76, 128, { endsLine: true }),
    ]
    expect(layOutPage(runs)).toBe('• First item\ngoes on\n2. Second item')
  })

  test('leaves a marker alone that no item stands beside', () => {
    expect(layOutPage([run('Item', 90, 100, { endsLine: true }), run('3.', 76, 500)])).toBe('Item\n3.')
    expect(layOutPage([run('Far away', 400, 100, { endsLine: true }), run('3.', 76, 100)])).toBe(
      'Far away\n3.',
    )
  })
})
