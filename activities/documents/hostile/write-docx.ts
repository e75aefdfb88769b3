import { writeZip, type ZipPart } from './write-zip.ts'

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const CONTENT = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

export const DOCUMENT_START =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  `xmlns:r="${OFFICE}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" ` +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>'
export const DOCUMENT_END = '</w:body></w:document>'

/** The parts every Word file has besides its document (ECMA-376, part 2). */
export const SKELETON: readonly ZipPart[] = [
  {
    name: '[Content_Types].xml',
    data:
      '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/word/document.xml" ContentType="${CONTENT}.document.main+xml"/>` +
      `<Override PartName="/word/footnotes.xml" ContentType="${CONTENT}.footnotes+xml"/>` +
      `<Override PartName="/word/styles.xml" ContentType="${CONTENT}.styles+xml"/></Types>`,
  },
  {
    name: '_rels/.rels',
    data:
      `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${RELATIONSHIPS}">` +
      `<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
  },
]

/** A Word file around the body's XML, with further parts as given. */
export function writeDocx(body: string, more: readonly ZipPart[] = []): Buffer {
  return writeZip([
    ...SKELETON,
    { name: 'word/document.xml', data: DOCUMENT_START + body + DOCUMENT_END },
    ...more,
  ])
}

/** The relationships part of the document: id, kind and target of each. */
export function documentRels(
  rels: readonly { id: string; type: string; target: string; external?: boolean }[],
): ZipPart {
  const rows = rels.map(
    ({ id, type, target, external }) =>
      `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`,
  )
  return {
    name: 'word/_rels/document.xml.rels',
    data: `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${RELATIONSHIPS}">${rows.join('')}</Relationships>`,
  }
}

/** A paragraph of one run, in a named style if given. */
export function paragraph(text: string, style?: string): string {
  const properties = style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`
  return `<w:p>${properties}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
}
