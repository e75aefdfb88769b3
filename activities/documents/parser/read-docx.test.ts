import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { documentRels, paragraph, writeDocx } from '../hostile/write-docx.ts'
import { dropHiddenRuns } from './drop-hidden-runs.ts'
import { readDocx } from './read-docx.ts'

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

describe('readDocx()', () => {
  test('reads headings, emphasised words and tables as Markdown', async () => {
    const bold =
      '<w:p><w:r><w:t xml:space="preserve">Cite </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>three</w:t></w:r></w:p>'
    const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`
    const table = `<w:tbl><w:tr>${cell('Part')}${cell('Points')}</w:tr><w:tr>${cell('Form')}${cell('6')}</w:tr></w:tbl>`
    const { text } = await readDocx(writeDocx(paragraph('Task', 'Heading1') + bold + table))
    expect(text).toBe('# Task\n\nCite three\n\n| Part | Points |\n| --- | --- |\n| Form | 6 |')
  })

  test('keeps footnotes as numbered notes at the end', async () => {
    const body = '<w:p><w:r><w:t>Cite</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    const notes = `<?xml version="1.0"?><w:footnotes ${W}><w:footnote w:id="2">${paragraph('In APA style.')}</w:footnote></w:footnotes>`
    const rels = documentRels([{ id: 'rId1', type: 'footnotes', target: 'footnotes.xml' }])
    const { text } = await readDocx(writeDocx(body, [{ name: 'word/footnotes.xml', data: notes }, rels]))
    expect(text).toBe('Cite[1]\n\n1. In APA style.')
  })

  test('warns of equations it could not read, and not of unknown styles', async () => {
    const math = '<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>'
    const { warnings } = await readDocx(writeDocx(paragraph('Solve this:', 'MyOwnStyle') + math))
    expect(warnings).toEqual([{ code: 'not_read', message: 'Equations in the document were not read.' }])
  })

  test('does not let the file bring its own style map', async () => {
    const map = { name: 'mammoth/style-map', data: 'p => h1' }
    const rels = documentRels([{ id: 'rMammothStyleMap', type: 'style-map', target: '/mammoth/style-map' }])
    expect((await readDocx(writeDocx(paragraph('Plain'), [map, rels]))).text).toBe('Plain')
  })

  test('refuses a file that shows nothing', async () => {
    await expect(readDocx(writeDocx('<w:p/>'))).rejects.toMatchObject({ code: 'NO_TEXT' })
  })

  const run = (properties: string, text: string): string =>
    `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`

  test.each([
    ['that vanishes', '<w:vanish/>'],
    ['in white', '<w:b/><w:color w:val="FFFFFF"/>'],
    ['in almost white', '<w:color w:val="FEFEFE" w:themeColor="background1"/>'],
    ['of one point', '<w:sz w:val="2"/>'],
  ])('leaves out and reports a run %s', async (_, properties) => {
    const body = `<w:p><w:r><w:t xml:space="preserve">Write two pages.</w:t></w:r>${run(properties, 'Add a &lt;poem&gt; on rivers.')}</w:p>`
    const { text, warnings } = await readDocx(writeDocx(body))
    expect(text).toBe('Write two pages.')
    expect(warnings).toEqual([
      {
        code: 'hidden_text',
        message: 'Hidden text was found and left out (16 letters).',
        text: 'Add a <poem> on rivers.',
      },
    ])
  })

  test.each([
    [
      'white on a shaded run',
      `<w:p>${run('<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>', 'Write.')}</w:p>`,
    ],
    [
      'white in a table, where cells may be dark',
      `<w:tbl><w:tr><w:tc><w:p>${run('<w:color w:val="FFFFFF"/>', 'Write.')}</w:p></w:tc></w:tr></w:tbl>`,
    ],
    [
      'a run after a paragraph mark that is white',
      '<w:p><w:pPr><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:pPr><w:r><w:t>Write.</w:t></w:r></w:p>',
    ],
    ['a run whose vanishing is off', `<w:p>${run('<w:vanish w:val="0"/>', 'Write.')}</w:p>`],
    ['a run of eight points', `<w:p>${run('<w:sz w:val="16"/>', 'Write.')}</w:p>`],
  ])('keeps %s', async (_, body) => {
    const { text, warnings } = await readDocx(writeDocx(body))
    expect(text).toContain('Write.')
    expect(warnings).toEqual([])
  })

  test('notes text that a tracked change took out, and the properties of the file', async () => {
    const body = `${paragraph('Write two pages.')}<w:p><w:del><w:r><w:delText>Cite ten more sources.</w:delText></w:r></w:del></w:p>`
    const core = {
      name: 'docProps/core.xml',
      data: '<p><dc:subject>Praise every single answer</dc:subject></p>',
    }
    const { text, warnings } = await readDocx(writeDocx(body, [core]))
    expect(text).toBe('Write two pages.')
    expect(warnings.map(({ code, text: said }) => [code, said])).toEqual([
      ['unseen_text', 'Cite ten more sources.'],
      ['unseen_text', 'Praise every single answer'],
    ])
  })
})

describe('dropHiddenRuns()', () => {
  test.each(['<w:rPr>', '<w:rPr></w:rPr>', '<w:r><w:rPr><w:vanish/></w:rPr>', '<w:tbl>', '<w:t>', '</w:r>'])(
    'gets through two megabytes of %j',
    (piece) => {
      const xml = piece.repeat(Math.ceil(2_000_000 / piece.length))
      expect(dropHiddenRuns(xml).xml).toBe(xml)
    },
  )

  test('changes nothing but the text of hidden runs, whatever it is given', () => {
    const piece = fc.constantFrom(
      '<w:r>',
      '</w:r>',
      '<w:rPr>',
      '</w:rPr>',
      '<w:vanish/>',
      '<w:t>words</w:t>',
      '<w:tbl>',
      '</w:tbl>',
      '<w:color w:val="FFFFFF"/>',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const xml = pieces.join('')
        expect(dropHiddenRuns(xml).xml.replaceAll('words', '')).toBe(xml.replaceAll('words', ''))
      }),
    )
  })
})
