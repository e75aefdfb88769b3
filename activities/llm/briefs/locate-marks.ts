import { createQuoteLocator } from '../../evidence/locate-quote.ts'
import type { Span } from '../offline/text/view.ts'
import type { Brief } from './load-briefs.ts'

function fold(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}

function timesIn(text: string, quote: string): number {
  return fold(text).split(fold(quote)).length - 1
}

/** Where a marked quote stands; throws RangeError unless the text holds it exactly once. */
export function locateMark({ name, document }: Brief, quote: string): Span {
  const { start, end, match } = createQuoteLocator(document)(quote)
  if (start === null || end === null || match === 'fuzzy' || timesIn(document.text, quote) !== 1)
    throw new RangeError(`${name} does not hold “${quote}” exactly once`)
  return { start, end }
}
