import { deflateSync } from 'node:zlib'

import type { HostileCase } from './hostile-case.ts'
import { repeatFlate, twiceFlated } from './inflate-bomb.ts'
import { CATALOGUE, FONT, onePage, pageObject, pdfStream, writePdf, writeTextPdf } from './write-pdf.ts'

const FLATE = '/Filter /FlateDecode'
// NO_TEXT, because pdf.js passes over a page content it could not allocate.
const LIMITS = ['PARSE_TIMEOUT', 'PARSE_MEMORY', 'NO_TEXT'] as const
const SHOW = '(ab) Tj\n'

/** PDFs made to exhaust or confuse a reader, numbered as in the list of hostile files. */
export const PDF_CASES: readonly HostileCase[] = [
  { id: 1, title: 'a page that unpacks twice to 1 GiB', allows: LIMITS, build: () => flateBomb(1) },
  { id: 2, title: 'a page that unpacks twice to 10 GiB', allows: LIMITS, build: () => flateBomb(10) },
  {
    id: 3,
    title: '200 MB of text operators',
    allows: LIMITS,
    build: () => operators(200),
  },
  {
    id: 4,
    title: '3 million shown strings',
    allows: ['PARSE_TIMEOUT', 'PARSE_MEMORY', 'ok'],
    build: () => operators(24),
  },
  {
    id: 5,
    slow: true,
    title: '200 thousand pages',
    allows: ['PARSE_TIMEOUT', 'NO_TEXT', 'ok'],
    build: () => sharedPages(200_000, 10),
  },
  {
    id: 6,
    slow: true,
    title: '5 thousand pages sharing a long content',
    allows: ['PARSE_TIMEOUT', 'ok'],
    build: () => sharedPages(5000, 20_000),
  },
  {
    id: 7,
    slow: true,
    title: 'forms nested four to the 24th',
    allows: ['PARSE_TIMEOUT', 'PARSE_MEMORY', 'NO_TEXT'],
    build: nestedForms,
  },
  {
    id: 8,
    title: '20 MB of object starts',
    allows: ['CORRUPT', 'PARSE_TIMEOUT', 'PARSE_MEMORY'],
    build: () => Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(20 * 1024 * 1024, '1 0 obj\n')]),
  },
  { id: 9, title: 'a page tree that contains itself', allows: ['CORRUPT', 'NO_TEXT'], build: cyclicPages },
  {
    id: 10,
    title: 'a cross-reference table that follows itself',
    allows: ['ok'],
    build: () => loopingXref(),
  },
  { id: 11, title: 'a /Size of two thousand million', allows: ['ok', 'CORRUPT'], build: hugeSize },
  {
    id: 12,
    title: 'a ToUnicode range of 2^31 codes',
    allows: ['ok', 'PARSE_MEMORY', 'PARSE_TIMEOUT', 'NO_TEXT'],
    build: hugeRange,
  },
  {
    id: 13,
    title: 'a giant image filter over the page content',
    allows: ['CORRUPT', 'NO_TEXT', 'PARSE_MEMORY', 'PARSE_TIMEOUT'],
    build: giantImageContent,
  },
  { id: 14, title: 'a user password', allows: ['ENCRYPTED'], build: passwordProtected },
  {
    id: 15,
    title: 'cut in half with junk before the header',
    allows: ['CORRUPT', 'NO_TEXT', 'ok'],
    build: cutInHalf,
  },
]

const LINES = [
  'Write an essay of at least 1,500 words.',
  'Cite three sources in APA style.',
  'Hand it in as a PDF.',
]

function flateBomb(gib: number): Buffer {
  return writePdf(onePage(pdfStream(twiceFlated(gib), '/Filter [/FlateDecode /FlateDecode]')))
}

function operators(mebibytes: number): Buffer {
  const start = deflateOperators('BT /F1 11 Tf 72 720 Td\n')
  const body = repeatFlate(Buffer.from(SHOW.repeat(131_072)), mebibytes)
  // Two streams in one /Contents array are read as one.
  const objects = onePage(pdfStream(body, FLATE), [start])
  objects[2] = pageObject(4).replace('/Contents 4 0 R', '/Contents [6 0 R 4 0 R]')
  return writePdf(objects)
}

function deflateOperators(operators: string): Buffer {
  return pdfStream(deflateSync(Buffer.from(operators)), FLATE)
}

function sharedPages(pages: number, operators: number): Buffer {
  const content = deflateOperators(`BT /F1 11 Tf 72 720 Td\n${SHOW.repeat(operators)}ET`)
  const kids = '3 0 R '.repeat(pages)
  return writePdf([
    CATALOGUE,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    pageObject(4),
    content,
    FONT,
  ])
}

function nestedForms(): Buffer {
  const first = 6
  const depth = 24
  const forms = Array.from({ length: depth }, (_, level) => {
    const inner = level === depth - 1 ? 'BT /F1 9 Tf (x) Tj ET' : '/N Do '.repeat(4)
    const resources = `/Resources << /Font << /F1 5 0 R >> /XObject << /N ${first + level + 1} 0 R >> >>`
    return pdfStream(Buffer.from(inner), `/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${resources}`)
  })
  const resources = `/Font << /F1 5 0 R >> /XObject << /N ${first} 0 R >>`
  return writePdf(onePage(pdfStream(Buffer.from('/N Do '.repeat(4))), forms, resources))
}

function cyclicPages(): Buffer {
  return writePdf([CATALOGUE, '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>'])
}

function loopingXref(): Buffer {
  const pdf = writeTextPdf([LINES]).toString('latin1')
  const at = pdf.lastIndexOf('xref\n0 ')
  return Buffer.from(pdf.replace('/Root 1 0 R ', `/Root 1 0 R /Prev ${at} `), 'latin1')
}

function hugeSize(): Buffer {
  return Buffer.from(
    writeTextPdf([LINES])
      .toString('latin1')
      .replace(/\/Size \d+/, '/Size 2000000000'),
    'latin1',
  )
}

function hugeRange(): Buffer {
  const map = Buffer.from(
    '/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange\n' +
      '1 beginbfrange <00000000> <7fffffff> <0041> endbfrange endcmap end',
  )
  const font = `${FONT.slice(0, -2)} /ToUnicode 6 0 R >>`
  const objects = onePage(pdfStream(Buffer.from(`BT /F1 11 Tf 72 720 Td (${LINES.join(' ')}) Tj ET`)), [
    pdfStream(map),
  ])
  objects[4] = font
  return writePdf(objects)
}

/** A JPEG (ITU T.81) that claims 65,500 by 65,500 pixels and holds none. */
function giantImageContent(): Buffer {
  const table = Buffer.concat([Buffer.from([0xff, 0xdb, 0, 67, 0]), Buffer.alloc(64, 1)])
  const frame = Buffer.from([
    0xff, 0xc0, 0, 17, 8, 0xff, 0xdc, 0xff, 0xdc, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0,
  ])
  const huffman = Buffer.concat([Buffer.from([0xff, 0xc4, 0, 20, 0, 1]), Buffer.alloc(15), Buffer.from([0])])
  const scan = Buffer.from([0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0, 0, 0])
  const jpeg = Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    table,
    frame,
    huffman,
    scan,
    Buffer.from([0xff, 0xd9]),
  ])
  return writePdf(onePage(pdfStream(jpeg, '/Filter /DCTDecode')))
}

function passwordProtected(): Buffer {
  const hex = (byte: string) => `<${byte.repeat(32)}>`
  const trailer = `/ID [${hex('0a')} ${hex('0a')}] /Encrypt 6 0 R`
  const encrypt = `<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O ${hex('1b')} /U ${hex('2c')} >>`
  return writePdf(onePage(pdfStream(Buffer.from('BT ET')), [encrypt]), { trailer })
}

function cutInHalf(): Buffer {
  const pdf = writeTextPdf([LINES, LINES])
  return Buffer.concat([Buffer.from('\x00\x01junk\r\n', 'latin1'), pdf.subarray(0, pdf.length / 2)])
}
