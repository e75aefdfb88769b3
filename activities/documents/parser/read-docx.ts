import mammoth from 'mammoth'
import { openArrayBuffer } from 'mammoth/lib/zipfile.js'

import type { DocumentWarning } from '../../../contract/document.ts'
import { assembleText } from './assemble-reading.ts'
import { dropHiddenRuns } from './drop-hidden-runs.ts'
import { htmlToMarkdown } from './html-to-markdown.ts'
import { Unreadable, type Reader } from './reading.ts'
import { noteHidden, noteUnseen } from './unseen.ts'

const STYLE_MAP = [
  'comment-reference => sup',
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  "p[style-name='Quote'] => blockquote:fresh",
  // A quote should run across words that are only emphasised.
  'b =>',
  'i =>',
]

/** What a Word file can hold that the reader cannot, by the element mammoth reports as ignored. */
const UNREAD: readonly [element: RegExp, name: string][] = [
  [/[}:]oMath(Para)?$/, 'Equations'],
  [/[}:](OLEObject|object)$/, 'Embedded objects'],
  [/[}:]altChunk$/, 'Parts inserted from other files'],
  [/[}:](ink|contentPart)$/, 'Handwriting'],
  [/[}:](chart|relIds)$/, 'Charts and diagrams'],
]

const DOCUMENT = 'word/document.xml'
const PROPERTIES = 'docProps/core.xml'

interface ShownFile {
  readonly bytes: Buffer
  readonly warnings: readonly DocumentWarning[]
}

/** The file without the runs a reader does not see, and notes on them, on deleted text and on the file's own properties. */
async function showRuns(bytes: Buffer): Promise<ShownFile> {
  const zip = await openArrayBuffer(bytes)
  if (!zip.exists(DOCUMENT)) return { bytes, warnings: [] }
  const { xml, hidden, deleted } = dropHiddenRuns(await zip.read(DOCUMENT, 'utf-8'))
  const properties = zip.exists(PROPERTIES) ? await zip.read(PROPERTIES, 'utf-8') : ''
  const values = [...properties.matchAll(/>(?<value>[^<]+)</g)].map(({ groups }) => groups?.['value'] ?? '')
  const notes = noteUnseen([deleted, ...values])
  if (hidden === '') return { bytes, warnings: notes }
  zip.write(DOCUMENT, xml)
  return {
    bytes: Buffer.from(await zip.toArrayBuffer()),
    warnings: [...noteHidden(hidden), ...notes],
  }
}

/** Reads a Word file: headings, lists, tables, footnotes, endnotes and comments; says what it had to leave out. */
export const readDocx: Reader = async (bytes) => {
  const shown = await showRuns(bytes)
  const { value, messages } = await mammoth.convertToHtml(
    { buffer: shown.bytes },
    {
      styleMap: STYLE_MAP,
      // The file must not decide how it is read.
      includeEmbeddedStyleMap: false,
      externalFileAccess: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    },
  )
  const { text, warnings } = htmlToMarkdown(value)
  const unread = describeUnread(messages.map(({ message }) => message))
  const reading = assembleText(text, [...shown.warnings, ...warnings, ...unread])
  if (reading.text === '') throw new Unreadable('NO_TEXT', 'the file shows no text')
  return reading
}

/** Turns what mammoth ignored into warnings a student can use; missing styles are noise. */
export function describeUnread(messages: readonly string[]): DocumentWarning[] {
  return UNREAD.filter(([element]) => messages.some((message) => element.test(message))).map(([, name]) => ({
    code: 'not_read',
    message: `${name} in the document were not read.`,
  }))
}
