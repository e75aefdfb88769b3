/** One PDF object's body: what stands between `obj` and `endobj`. */
export type PdfObject = string | Buffer

export interface PdfOptions {
  /** Replaces the trailer dictionary's entries after /Size and /Root. */
  readonly trailer?: string
  readonly size?: number
}

/** A stream object (ISO 32000-1, 7.3.8) with its dictionary entries and data. */
export function pdfStream(data: Buffer, entries = ''): Buffer {
  return Buffer.concat([
    Buffer.from(`<< /Length ${data.length} ${entries} >>\nstream\n`, 'latin1'),
    data,
    Buffer.from('\nendstream', 'latin1'),
  ])
}

/** Writes objects numbered from 1, with the catalogue as the first, into a PDF 1.4 file. */
export function writePdf(objects: readonly PdfObject[], { trailer = '', size }: PdfOptions = {}): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  const offsets: number[] = []
  let offset = parts[0]?.length ?? 0
  for (const [index, body] of objects.entries()) {
    const part = Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n`, 'latin1'),
      Buffer.from(body as string, 'latin1'),
      Buffer.from('\nendobj\n', 'latin1'),
    ])
    offsets.push(offset)
    offset += part.length
    parts.push(part)
  }
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(
      `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${rows}` +
        `trailer\n<< /Size ${size ?? offsets.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${offset}\n%%EOF\n`,
      'latin1',
    ),
  )
  return Buffer.concat(parts)
}

export const CATALOGUE = '<< /Type /Catalog /Pages 2 0 R >>'
export const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'

/** A one-page PDF around a content stream object; `resources` adds to the page's. */
export function onePage(
  content: PdfObject,
  more: readonly PdfObject[] = [],
  resources = '/Font << /F1 5 0 R >>',
): PdfObject[] {
  return [
    CATALOGUE,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    pageObject(4, resources),
    content,
    FONT,
    ...more,
  ]
}

/** A page dictionary whose content is the given object. */
export function pageObject(content: number, resources = '/Font << /F1 5 0 R >>'): string {
  return `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${content} 0 R /Resources << ${resources} >> >>`
}

/** A PDF of plain lines, a page for each array, set in Helvetica from the top of the page. */
export function writeTextPdf(pages: readonly (readonly string[])[]): Buffer {
  const objects: PdfObject[] = [CATALOGUE, '', '', '', FONT]
  const kids = pages.map((lines) => {
    objects.push(pdfStream(Buffer.from(setLines(lines), 'latin1')))
    objects.push(pageObject(objects.length))
    return `${objects.length} 0 R`
  })
  objects[1] = `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} >>`
  objects[2] = objects[3] = 'null'
  return writePdf(objects)
}

function setLines(lines: readonly string[]): string {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`)
  return `BT /F1 11 Tf 14 TL 72 720 Td\n${shown.join('\n')}\nET`
}
