import mammoth from 'mammoth'

import type { DocumentWarning } from '../../../contract/document.ts'
import { assembleText } from './assemble-reading.ts'
import { htmlToMarkdown } from './html-to-markdown.ts'
import { Unreadable, type Reader } from './reading.ts'

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

/** Reads a Word file: headings, lists, tables, footnotes, endnotes and comments; says what it had to leave out. */
export const readDocx: Reader = async (bytes) => {
  const { value, messages } = await mammoth.convertToHtml(
    { buffer: bytes },
    {
      styleMap: STYLE_MAP,
      // The file must not decide how it is read.
      includeEmbeddedStyleMap: false,
      externalFileAccess: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    },
  )
  const { text, warnings } = htmlToMarkdown(value)
  const reading = assembleText(text, [...warnings, ...describeUnread(messages.map(({ message }) => message))])
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
