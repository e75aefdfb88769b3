import { createQuoteLocator } from '../../evidence/locate-quote.ts'
import type { Span } from '../offline/text/view.ts'
import type { Brief } from './load-briefs.ts'

/** A span of one of the texts of a brief. */
export interface PlacedSpan extends Span {
  readonly document_id: string
}

function fold(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}

/** Where a marked quote stands; throws RangeError unless the texts hold it exactly once. */
export function locateMark({ name, texts }: Pick<Brief, 'name' | 'texts'>, quote: string): PlacedSpan {
  const folded = fold(quote)
  const times = texts.reduce((sum, { text }) => sum + fold(text).split(folded).length - 1, 0)
  const holder = texts.find(({ text }) => fold(text).includes(folded))
  const { start, end } = holder === undefined ? { start: null, end: null } : createQuoteLocator(holder)(quote)
  if (times !== 1 || holder === undefined || start === null || end === null)
    throw new RangeError(`${name} does not hold “${quote}” exactly once`)
  return { document_id: holder.document_id, start, end }
}
