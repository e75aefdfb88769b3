import { createQuoteLocator } from '../../evidence/locate-quote.ts'
import type { Span } from '../offline/text/view.ts'
import type { SourceDocument } from '../port.ts'

/** A quote as a model gives it: the name of a document and words of it. */
export interface Quoted {
  readonly document: string
  readonly quote: string
}

/** Where a model's quote stands, with the document's own words there. */
export interface Located {
  readonly document: SourceDocument
  readonly span: Span
  readonly words: string
}

/** A lookup of model quotes in the documents a model was shown; null for what stands in none of them. */
export function createLocate(
  documents: ReadonlyMap<string, SourceDocument>,
): (quoted: Quoted) => Located | null {
  const locators = new Map([...documents].map(([name, document]) => [name, createQuoteLocator(document)]))
  return ({ document: name, quote }) => {
    const document = documents.get(name)
    const { start, end } = locators.get(name)?.(quote) ?? { start: null, end: null }
    if (document === undefined || start === null || end === null) return null
    return { document, span: { start, end }, words: document.text.slice(start, end) }
  }
}

/** Whether two spans of one text share a character. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}
