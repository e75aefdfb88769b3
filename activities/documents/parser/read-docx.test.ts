import { describe, expect, test } from 'vitest'

import { documentRels, paragraph, writeDocx } from '../hostile/write-docx.ts'
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
})
