import { createQuoteLocator } from '../../evidence/locate-quote.ts'
import type { Span } from '../offline/text/view.ts'
import type { SourceDocument } from '../port.ts'
import { readPart } from '../prompts/distill/1.0.0.ts'

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

/**
 * A lookup of model quotes in the documents a model was shown, or in the stretch of one it was shown; null for what
 * stands in none of them. Spans are those of the whole document.
 */
export function createLocate(
  documents: ReadonlyMap<string, SourceDocument>,
): (quoted: Quoted) => Located | null {
  const locators = new Map<string, ReturnType<typeof createQuoteLocator>>()
  const locatorOf = (name: string, text: string) => {
    const locate = locators.get(name) ?? createQuoteLocator({ text, pages: [] })
    locators.set(name, locate)
    return locate
  }
  return ({ document: name, quote }) => {
    const part = readPart(name)
    const document = documents.get(part?.name ?? name)
    if (document === undefined) return null
    const { from, to } = part ?? { from: 0, to: document.text.length }
    const { start, end } = locatorOf(name, document.text.slice(from, to))(quote)
    if (start === null || end === null) return null
    const span = { start: start + from, end: end + from }
    return { document, span, words: document.text.slice(span.start, span.end) }
  }
}

/** Whether two spans of one text share a character. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}
