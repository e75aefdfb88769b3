import type { QuoteMatch } from '../../contract/evidence.ts'
import { findFuzzyWindow } from './fuzzy-window.ts'
import { normaliseText } from './normalise-text.ts'

/** The text a quote is looked up in; the offsets of `pages` point into `text`. */
export interface QuotedText {
  readonly text: string
  readonly pages: readonly { readonly page: number; readonly start: number; readonly end: number }[]
}

/** Where a quote stands in the raw text, in UTF-16 units, `end` exclusive; all null when it does not. */
export interface QuoteLocation {
  readonly start: number | null
  readonly end: number | null
  readonly page: number | null
  readonly match: QuoteMatch
}

const NOWHERE: QuoteLocation = { start: null, end: null, page: null, match: 'none' }

/** The page an offset falls on, or null for a text without pages. */
export function pageAt(document: QuotedText, offset: number): number | null {
  return document.pages.find((page) => offset >= page.start && offset < page.end)?.page ?? null
}

/** A lookup of quotes in one document, which normalises its text at most once. */
export function createQuoteLocator(document: QuotedText): (quote: string) => QuoteLocation {
  const { text } = document
  let folded: ReturnType<typeof normaliseText> | undefined

  const place = (start: number, end: number, match: QuoteMatch): QuoteLocation => ({
    start,
    end,
    page: pageAt(document, start),
    match,
  })

  return (quote) => {
    const exact = text.indexOf(quote)
    if (quote.trim() !== '' && exact >= 0) return place(exact, exact + quote.length, 'exact')
    const wanted = normaliseText(quote).text
    if (wanted === '') return NOWHERE
    folded ??= normaliseText(text)
    const from = folded.text.indexOf(wanted)
    const start = folded.at[from]
    const end = folded.ends[from + wanted.length - 1]
    if (start !== undefined && end !== undefined) return place(start, end, 'normalised')
    const window = findFuzzyWindow(text, quote)
    return window === null ? NOWHERE : place(window.start, window.end, 'fuzzy')
  }
}

/** Finds a quote in a document: to the letter, else after normalising, else as a window of mostly its words. */
export function locateQuote(document: QuotedText, quote: string): QuoteLocation {
  return createQuoteLocator(document)(quote)
}
