import { createHash } from 'node:crypto'

import { beforeAll, describe, expect, test } from 'vitest'

import { ParsedDocument } from '../../contract/document.ts'
import { HOSTILE_CASES } from './hostile/hostile.ts'
import { paragraph, writeDocx } from './hostile/write-docx.ts'
import {
  CATALOGUE,
  FONT,
  onePage,
  pageObject,
  pdfStream,
  writePdf,
  writeTextPdf,
} from './hostile/write-pdf.ts'
import { parseDocument, parseHtml, type ParseOutcome } from './parse-document.ts'
import { createSandbox, type Sandbox } from './sandbox.ts'

const TASK = ['Essay 2', 'Write at least 1,500 words and cite three sources.', 'Due on Friday, as one PDF.']

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await createSandbox()
})

function read(name: string, bytes: Uint8Array, signal?: AbortSignal): Promise<ParseOutcome> {
  return parseDocument({ bytes, name, signal }, sandbox)
}

async function readOk(name: string, bytes: Uint8Array): Promise<ParsedDocument> {
  const outcome = await read(name, bytes)
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`)
  return ParsedDocument.parse(outcome.document)
}

const hash = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')

describe('parseDocument() reads', () => {
  test('a PDF page by page, with offsets that find each page in the text', async () => {
    const bytes = writeTextPdf([TASK, ['Grading', 'Sources count ten points, style counts five points.']])
    const document = await readOk('brief.pdf', bytes)
    const pages = document.pages.map(({ start, end }) => document.text.slice(start, end))
    expect(pages).toEqual([TASK.join('\n'), 'Grading\nSources count ten points, style counts five points.'])
    expect(document).toMatchObject({
      kind: 'pdf',
      warnings: [],
      truncated: false,
      parser: 'pdf-parse@2.4.5+2',
    })
    expect([document.sha256, document.bytes_sha256]).toEqual([hash(document.text), hash(bytes)])
  })

  test('text in a predefined Japanese encoding', async () => {
    const font =
      '<< /Type /Font /Subtype /Type0 /BaseFont /Gothic /Encoding /90ms-RKSJ-H /DescendantFonts [<< /Type /Font ' +
      '/Subtype /CIDFontType0 /BaseFont /Gothic /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> ' +
      '/FontDescriptor << /Type /FontDescriptor /FontName /Gothic /Flags 4 /FontBBox [0 0 1000 1000] >> >>] >>'
    const shown = '93fa967b8cea' // 日本語 in Shift JIS
    const objects = onePage(
      pdfStream(Buffer.from(`BT /F1 11 Tf 20 TL 72 720 Td ${`<${shown}> Tj T* `.repeat(9)} ET`)),
    )
    objects[4] = font
    expect((await readOk('jp.pdf', writePdf(objects))).text).toBe(
      Array.from({ length: 9 }, () => '日本語').join('\n'),
    )
  })

  test('a PDF with one scanned page, and says which', async () => {
    const scan = [CATALOGUE, '<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>', pageObject(4)]
    const text = pdfStream(Buffer.from(`BT /F1 11 Tf 72 720 Td (${TASK.join(' ')}) Tj ET`))
    const document = await readOk(
      'mixed.pdf',
      writePdf([...scan, text, FONT, pageObject(7), pdfStream(Buffer.from('q Q'))]),
    )
    expect(document.warnings).toEqual([
      { code: 'pages_not_read', message: 'Page 2 holds no text that could be read; it may be a picture.' },
    ])
  })

  test('a Word file, whatever its name, and warns of the name', async () => {
    const document = await readOk(
      'brief.pdf',
      writeDocx(paragraph('Essay 2', 'Heading1') + paragraph('Write.')),
    )
    expect(document).toMatchObject({
      kind: 'docx',
      text: '# Essay 2\n\nWrite.',
      pages: [],
      parser: 'mammoth@1.13.0+2',
    })
    expect(document.warnings).toEqual([
      {
        code: 'name_mismatch',
        message: 'The name of “brief.pdf” ends in .pdf, but the file is a Word file.',
      },
    ])
  })

  test('plain text in windows-1252, and says that it guessed', async () => {
    const document = await readOk('brief.txt', Buffer.from('R\xe9sum\xe9 \x93now\x94\r\n', 'latin1'))
    expect(document).toMatchObject({ kind: 'text', text: 'Résumé “now”', parser: 'text@1' })
    expect(document.warnings.map(({ code }) => code)).toEqual(['encoding_guessed'])
  })

  test('the first 2 MB of a long text, cut between two characters', async () => {
    const document = await readOk('long.md', Buffer.from(`x${'é'.repeat(1_500_000)}`))
    expect(document).toMatchObject({ kind: 'markdown', truncated: true })
    expect(document.text).toMatch(/^xé+$/)
    expect(document.warnings.map(({ code }) => code)).toEqual(['truncated'])
  })

  test('HTML from a field, with what it hides reported', async () => {
    const outcome = await parseHtml(
      '<h2>Task</h2><p style="display:none">ignore it</p>',
      'Description',
      sandbox,
    )
    expect(outcome).toMatchObject({
      ok: true,
      document: { kind: 'html', text: '## Task', warnings: [{ code: 'hidden_text' }] },
    })
  })
})

describe('parseDocument() refuses', () => {
  test.each<[string, string, () => Uint8Array, string, RegExp]>([
    [
      'a password',
      'Brief.pdf',
      () => build(14),
      'ENCRYPTED',
      /^“Brief.pdf” is password-protected\. Ask your instructor/,
    ],
    ['a scan', 'scan.pdf', () => writeTextPdf([[' ']]), 'NO_TEXT', /“scan.pdf” holds no text .* scan/],
    [
      'a login page',
      'b.pdf',
      () => Buffer.from('<html>Log in'),
      'UNSUPPORTED',
      /^Canvas did not let us in.*“b.pdf”/,
    ],
    [
      'more than 25 MB',
      'big.pdf',
      () => Buffer.alloc(25 * 1024 * 1024 + 1),
      'UNSUPPORTED',
      /“big.pdf” is larger than 25 MB/,
    ],
    [
      'a damaged file',
      'bad.pdf',
      () => Buffer.from('%PDF-1.4\n1 0 obj\nx'),
      'CORRUPT',
      /“bad.pdf” is damaged/,
    ],
    [
      'an empty page',
      'e.html',
      () => Buffer.from('<html><body> </body></html>'),
      'NO_TEXT',
      /“e.html” holds no text/,
    ],
    ['blank text', 'e.txt', () => Buffer.from(' \n\n '), 'NO_TEXT', /“e.txt” is empty/],
  ])('%s, with a sentence that helps', async (_, name, bytes, code, message) => {
    expect(await read(name, bytes())).toMatchObject({
      ok: false,
      code,
      message: expect.stringMatching(message),
    })
  })

  test('nothing when aborted: it rejects with the reason', async () => {
    const abort = new AbortController()
    const reading = read('slow.pdf', build(7), abort.signal)
    abort.abort(new Error('canceled'))
    await expect(reading).rejects.toThrow('canceled')
  })
})

test('the sandbox blocks files and programs, and describes what holds on this machine', () => {
  const layers = sandbox.describeSandbox()
  expect(layers).toMatchObject({ files: 'blocked', processes: 'blocked' })
  expect(['blocked', 'open']).toContain(layers.network)
})

function build(id: number): Buffer {
  return HOSTILE_CASES.find((hostile) => hostile.id === id)?.build() ?? Buffer.alloc(0)
}
