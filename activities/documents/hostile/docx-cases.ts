import type { HostileCase } from './hostile-case.ts'
import { repeatDeflated } from './inflate-bomb.ts'
import { DOCUMENT_END, DOCUMENT_START, documentRels, paragraph, SKELETON, writeDocx } from './write-docx.ts'
import { writeZip, type ZipPart } from './write-zip.ts'

const MIB = 1024 * 1024
const GREETING = paragraph('Write an essay of at least 1,500 words.')

/** Word files and archives made to exhaust or confuse a reader, numbered as in the list of hostile files. */
export const DOCX_CASES: readonly HostileCase[] = [
  {
    id: 16,
    title: 'a document of 49 MB of XML',
    allows: ['PARSE_MEMORY'],
    build: () => inflated(paragraph('x'), 49),
  },
  {
    id: 17,
    title: 'a document of 300 MB of XML',
    allows: ['PARSE_MEMORY'],
    build: () => inflated(paragraph('x'), 300),
  },
  { id: 18, title: 'a single text of 400 MB', allows: ['PARSE_MEMORY'], build: () => inflated('x', 400) },
  {
    id: 19,
    title: 'a document of 1 GB of XML',
    allows: ['PARSE_MEMORY'],
    build: () => inflated(paragraph('x'), 1024),
  },
  {
    id: 20,
    title: 'a table of 160 thousand cells',
    allows: ['PARSE_MEMORY', 'PARSE_TIMEOUT', 'ok'],
    build: bigTable,
  },
  { id: 21, title: 'XML nested 5 thousand deep', allows: ['CORRUPT', 'NO_TEXT', 'ok'], build: deepXml },
  { id: 22, title: 'entities that multiply', allows: ['CORRUPT', 'NO_TEXT', 'ok'], build: billionLaughs },
  {
    id: 23,
    title: 'an entity that names a file',
    allows: ['CORRUPT', 'NO_TEXT', 'ok'],
    build: externalEntity,
  },
  {
    id: 24,
    title: 'a header that says 1 KB over 300 MB',
    allows: ['CORRUPT', 'PARSE_MEMORY'],
    build: () => inflated(paragraph('x'), 300, 1024),
  },
  { id: 25, title: '60 thousand entries', allows: ['PARSE_MEMORY'], build: manyEntries },
  { id: 26, title: 'entries that share the same bytes', allows: ['CORRUPT'], build: overlapping },
  {
    id: 27,
    title: 'two parts of one name',
    allows: ['CORRUPT'],
    build: () => writeDocx(GREETING, [{ name: 'word/document.xml', data: 'x' }]),
  },
  {
    id: 28,
    title: 'a part that climbs out of the archive',
    allows: ['CORRUPT'],
    build: () => writeDocx(GREETING, [{ name: '../../etc/cron.d/x', data: 'x' }]),
  },
  {
    id: 29,
    title: 'an encrypted entry',
    allows: ['ENCRYPTED'],
    build: () => writeDocx(GREETING, [{ name: 'secret', data: 'x', flags: 1 }]),
  },
  {
    id: 30,
    title: 'an unknown compression method',
    allows: ['UNSUPPORTED'],
    build: () => writeDocx(GREETING, [{ name: 'lzma', data: 'x', method: 14 }]),
  },
  { id: 31, title: 'a picture linked to a file of the machine', allows: ['ok'], build: linkedFile },
  { id: 32, title: 'a style named __proto__', allows: ['ok'], build: prototypeStyle },
  {
    id: 33,
    title: 'an encrypted Office file under the name .docx',
    allows: ['ENCRYPTED'],
    build: encryptedOffice,
  },
]

/** A document whose XML is one fragment over and over, packed without ever being unpacked here. */
function inflated(fragment: string, mebibytes: number, claimedSize?: number): Buffer {
  const chunk = Buffer.from(fragment.repeat(Math.ceil(MIB / fragment.length)))
  const start = repeatDeflated(Buffer.from(DOCUMENT_START), 1).subarray(0, -2)
  const data = Buffer.concat([
    start,
    repeatDeflated(chunk, mebibytes).subarray(0, -2),
    repeatDeflated(Buffer.from(DOCUMENT_END), 1),
  ])
  const deflatedSize = DOCUMENT_START.length + chunk.length * mebibytes + DOCUMENT_END.length
  const part: ZipPart = { name: 'word/document.xml', data, deflatedSize }
  return writeZip([...SKELETON, claimedSize === undefined ? part : { ...part, claimedSize }])
}

function bigTable(): Buffer {
  const cell = '<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>'
  return writeDocx(`<w:tbl>${`<w:tr>${cell.repeat(400)}</w:tr>`.repeat(400)}</w:tbl>`)
}

function deepXml(): Buffer {
  return writeDocx('<w:sdt><w:sdtContent>'.repeat(2500) + GREETING + '</w:sdtContent></w:sdt>'.repeat(2500))
}

function withEntities(declarations: string, text: string): Buffer {
  const xml =
    DOCUMENT_START.replace('?>', `?><!DOCTYPE w:document [${declarations}]>`) + paragraph(text) + DOCUMENT_END
  return writeZip([...SKELETON, { name: 'word/document.xml', data: xml }])
}

function billionLaughs(): Buffer {
  const levels = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
  )
  return withEntities(`<!ENTITY l0 "ha">${levels.join('')}`, '&l9;')
}

function externalEntity(): Buffer {
  return withEntities('<!ENTITY file SYSTEM "file:///etc/passwd">', '&file;')
}

function manyEntries(): Buffer {
  return writeZip([
    ...SKELETON,
    ...Array.from({ length: 60_000 }, (_, index) => ({ name: `p${index}`, data: '' })),
  ])
}

function overlapping(): Buffer {
  const copies = Array.from({ length: 100 }, (_, index) => ({ name: `p${index}`, data: '', sharesWith: 0 }))
  return writeZip([{ name: 'kernel', data: Buffer.alloc(MIB / 2, 'a') }, ...copies, ...SKELETON])
}

function linkedFile(): Buffer {
  const blip =
    '<w:p><w:r><w:drawing><a:graphic><a:graphicData><a:blip r:link="rId9"/></a:graphicData></a:graphic></w:drawing></w:r></w:p>'
  return writeDocx(GREETING + blip, [
    documentRels([{ id: 'rId9', type: 'image', target: 'file:///etc/passwd', external: true }]),
  ])
}

function prototypeStyle(): Buffer {
  const styles =
    '<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
    '<w:style w:type="paragraph" w:styleId="__proto__"><w:name w:val="__proto__"/></w:style></w:styles>'
  return writeDocx(paragraph('Write an essay.', '__proto__'), [
    { name: 'word/styles.xml', data: styles },
    documentRels([{ id: 'rId1', type: 'styles', target: 'styles.xml' }]),
  ])
}

/** The head of a compound file ([MS-CFB]) that names the stream Office keeps an encrypted document in. */
function encryptedOffice(): Buffer {
  const magic = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  return Buffer.concat([
    magic,
    Buffer.alloc(1016),
    Buffer.from('EncryptedPackage', 'utf16le'),
    Buffer.alloc(512),
  ])
}
