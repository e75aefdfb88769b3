import type { DocumentRefusal, DocumentWarning, PageSpan } from '../../../contract/document.ts'

/** The formats whose parsers run in the child process. */
export type ReaderKind = 'pdf' | 'docx' | 'html'

/** What a reader hands back; paged formats fill `pages`. */
export interface Reading {
  readonly text: string
  readonly pages: readonly PageSpan[]
  readonly warnings: readonly DocumentWarning[]
  readonly truncated: boolean
}

/** Reads the bytes of one document; throws Unreadable, or whatever its library throws. */
export type Reader = (bytes: Buffer) => Promise<Reading>

/** A document that cannot become text, with the code of the reason. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly code: DocumentRefusal

  constructor(code: DocumentRefusal, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options)
    this.code = code
  }
}

export const MAX_TEXT_CHARS = 2_000_000
