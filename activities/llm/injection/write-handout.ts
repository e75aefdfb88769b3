import { paragraph, writeDocx } from '../../documents/hostile/write-docx.ts'
import type { ZipPart } from '../../documents/hostile/write-zip.ts'
import {
  CATALOGUE,
  FONT,
  pageObject,
  pdfStream,
  writePdf,
  type PdfObject,
} from '../../documents/hostile/write-pdf.ts'
import type { Attachment, Format } from './injected-case.ts'

const LINES = [
  'Workshop sheet',
  'Bring a printed map of your river to the workshop.',
  'Your map must have a legend and a scale.',
  'Compare at least two floods in a table.',
]

const NAME = 'Workshop sheet'

interface PdfParts {
  /** Operators that follow the text of the page. */
  readonly content?: string
  readonly annotation?: string
  readonly subject?: string
}

/** The handout as a PDF, with what a case adds to its page. */
export function pdfHandout({ content = '', annotation, subject }: PdfParts = {}): Attachment {
  const shown = LINES.map((line, index) => `BT /F1 12 Tf 72 ${720 - index * 20} Td (${line}) Tj ET`).join(
    '\n',
  )
  const page = pageObject(4)
  const objects: PdfObject[] = [
    CATALOGUE,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    annotation === undefined ? page : page.replace('/Contents', '/Annots [6 0 R] /Contents'),
    pdfStream(Buffer.from(`${shown}\n${content}`, 'latin1')),
    FONT,
    `<< /Type /Annot /Subtype /Text /Rect [0 0 20 20] /Contents (${annotation ?? ''}) >>`,
    `<< /Subject (${subject ?? ''}) >>`,
    pdfStream(
      Buffer.from([0]),
      '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
    ),
  ]
  return { name: `${NAME}.pdf`, bytes: writePdf(objects, { trailer: '/Info 7 0 R' }) }
}

/** The handout as a Word file, with body XML and parts of a case's own. */
export function docxHandout(body = '', parts: readonly ZipPart[] = []): Attachment {
  const [title = '', ...rest] = LINES
  const shown = paragraph(title, 'Title') + rest.map((line) => paragraph(line)).join('')
  return { name: `${NAME}.docx`, bytes: writeDocx(shown + body, parts) }
}

/** The handout as Markdown, with a case's own lines below. */
export function markdownHandout(more = '', name = `${NAME}.md`): Attachment {
  const [title = '', ...rest] = LINES
  return { name, bytes: Buffer.from([`# ${title}`, ...rest, ...(more === '' ? [] : [more])].join('\n\n')) }
}

/** The handout of a format without an order in it. */
export function cleanHandout(format: Format): Attachment {
  return { markdown: markdownHandout, pdf: pdfHandout, docx: docxHandout }[format]()
}
