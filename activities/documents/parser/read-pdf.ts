import './pdf-globals.ts'

import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import type { DocumentWarning } from '../../../contract/document.ts'
import { joinPages, TRUNCATED } from './assemble-reading.ts'
import { classifyError } from './classify-error.ts'
import { findSmuggled } from './find-smuggled.ts'
import { joinHyphens } from './join-hyphens.ts'
import { normaliseText } from './normalise-text.ts'
import { readPage, type PdfPage } from './read-page.ts'
import { MAX_TEXT_CHARS, Unreadable, type Reader } from './reading.ts'
import { noteHidden, noteUnseen } from './unseen.ts'

const MAX_PAGES = 1500
// A brief is short; what a long reader hides on its later pages is read like the rest of it.
const MOST_PAGES_TO_FOLLOW = 60
const MIN_CHARS_PER_PAGE = 25

// A dynamic import, because a static one would be evaluated before the globals above exist in a bundle.
const { PDFParse } = await import('pdf-parse')

interface Pages {
  readonly texts: string[]
  readonly unread: number[]
  /** Text that was set so that no reader sees it, and text beside the pages. */
  readonly hidden: readonly string[]
  readonly beside: readonly string[]
  readonly truncated: boolean
}

/** The part of a pdf.js document that is used here. */
interface PdfDocument {
  readonly numPages: number
  getPage(page: number): Promise<PdfPage>
  getMetadata(): Promise<{ readonly info: unknown }>
}

/** Reads a PDF page by page; NO_TEXT when the pages are pictures, ENCRYPTED when it asks for a password. */
export const readPdf: Reader = async (bytes) => {
  const { texts, unread, hidden, beside, truncated } = await readPages(new PDFParse(pdfOptions(bytes)))
  const letters = texts.reduce((sum, text) => sum + text.replace(/\s/g, '').length, 0)
  if (letters < MIN_CHARS_PER_PAGE * texts.length) {
    throw new Unreadable('NO_TEXT', `${letters} characters on ${texts.length} pages`)
  }
  const warnings: DocumentWarning[] = truncated ? [TRUNCATED] : []
  const pictures = texts.flatMap((text, index) => (text === '' ? [index + 1] : [])).concat(unread)
  if (pictures.length > 0) warnings.push(pagesNotRead([...new Set(pictures)].sort((a, b) => a - b)))
  warnings.push(...noteHidden(hidden.join(' ')), ...noteUnseen(beside))
  return { ...joinPages(texts), warnings, truncated }
}

async function readPages(parser: InstanceType<typeof PDFParse>): Promise<Pages> {
  // getText() drops where each run stands, and with it the only way to tell which item a list marker belongs to.
  const document: PdfDocument = await parser['load']()
  const texts: string[] = []
  const hidden: string[] = []
  const beside = await readProperties(document)
  const unread: number[] = []
  let failure: unknown
  let chars = 0
  // One page at a time, so that the caps are met before the memory is.
  for (let page = 1; page <= document.numPages && page <= MAX_PAGES && chars <= MAX_TEXT_CHARS; page += 1) {
    try {
      const reading = await readPage(await document.getPage(page), page <= MOST_PAGES_TO_FOLLOW)
      texts.push(normaliseText(reading.text))
      hidden.push(...reading.hidden)
      beside.push(...reading.beside, ...findSmuggled(reading.text))
    } catch (error) {
      if (classifyError(error) === 'PARSE_MEMORY') throw error
      failure = error
      unread.push(page)
      texts.push('')
    }
    chars += texts.at(-1)?.length ?? 0
  }
  if (unread.length > 0 && chars === 0) throw failure
  const truncated = texts.length < document.numPages || chars > MAX_TEXT_CHARS
  return { texts: cutPages(joinHyphens(texts)), unread, hidden, beside, truncated }
}

/** What the file says of itself: title, subject, keywords. */
async function readProperties(document: PdfDocument): Promise<string[]> {
  const { info } = await document.getMetadata()
  if (typeof info !== 'object' || info === null) return []
  return Object.values(info).filter((value) => typeof value === 'string')
}

function cutPages(texts: readonly string[]): string[] {
  let left = MAX_TEXT_CHARS
  return texts.map((text) => {
    const kept = text.slice(0, left)
    left -= kept.length
    return kept.trimEnd()
  })
}

function pagesNotRead(pages: readonly number[]): DocumentWarning {
  const shown = pages.slice(0, 10).join(', ') + (pages.length > 10 ? ` and ${pages.length - 10} more` : '')
  const message =
    pages.length === 1
      ? `Page ${shown} holds no text that could be read; it may be a picture.`
      : `Pages ${shown} hold no text that could be read; they may be pictures.`
  return { code: 'pages_not_read', message }
}

function pdfOptions(bytes: Buffer): NonNullable<ConstructorParameters<typeof PDFParse>[0]> {
  // The copy of pdf.js that pdf-parse loads; it takes plain folder paths, with the slash at the end.
  const folder = dirname(createRequire(import.meta.resolve('pdf-parse')).resolve('pdfjs-dist/package.json'))
  return {
    data: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    maxImageSize: 1,
    cMapUrl: join(folder, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(folder, 'standard_fonts/'),
    verbosity: 0,
  }
}
