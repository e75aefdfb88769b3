import type { Quantity } from '../../../contract/requirements.ts'
import { countEntryLike } from '../work/count-sources.ts'
import { countWords } from '../work/count-words.ts'
import { boundsOf, holdCount, say, sayAsked, sayMany, type Range } from './hold-count.ts'
import { met, notAssessed, notMet, short, type Check, type ReadWork, type Said } from './rule-check.ts'

const WORDS_A_PAGE = 300
const ENTRY_WORDS = 40
// More words than this on a page, and its lines are single-spaced.
const DENSE_WORDS = 400
const SINGLE_SPACED = /\bsingle[- ]?spac/iu
const LEFT_OUT = /\b(?:not (?:counting|including)|excluding|exclusive of|without|plus)\b/iu
const TITLE_PAGE_WORDS = 60
// More words than this on a page, and it is no slide.
const SLIDE_WORDS = 150

/** Pages of a file: all of them, and those left when a title page, references and appendices are not counted. */
function rangeOfPages({ submission, outline }: ReadWork, statement: string): Range {
  const { pages, text } = submission
  const [first] = pages
  const hasTitlePage =
    first !== undefined &&
    pages.length > 1 &&
    countWords(text.slice(first.start, first.end)) < TITLE_PAGE_WORDS
  const backFrom = Math.min(
    outline.references?.start ?? Number.POSITIVE_INFINITY,
    outline.appendix ?? Number.POSITIVE_INFINITY,
  )
  const back = pages.filter(({ end }) => end > backFrom).length
  const least = pages.length - (hasTitlePage ? 1 : 0) - back - pagesUnseen(outline, text, statement)
  return { least: Math.max(1, least), most: pages.length }
}

/** Pages that may be a list of references or an appendix without a heading that was recognised. */
function pagesUnseen({ references }: ReadWork['outline'], text: string, statement: string): number {
  if (references !== null) return 0
  const named = LEFT_OUT.test(statement) ? 1 : 0
  return Math.max(named, Math.ceil((countEntryLike(text) * ENTRY_WORDS) / WORDS_A_PAGE))
}

function sayPages({ least, most }: Range): string {
  if (least === most) return `The file has ${sayMany(most, 'page')}`
  return `The file has ${sayMany(most, 'page')}, and ${say(least)} without title page, references and appendices`
}

/** Whether the text of too few pages would fill enough of them if it were double-spaced. */
function isDense({ submission, outline }: ReadWork, statement: string, least: number): boolean {
  if (SINGLE_SPACED.test(statement)) return false
  return outline.words > submission.pages.length * DENSE_WORDS && outline.words >= (least - 1) * WORDS_A_PAGE
}

/** Checks a number of pages where the file has pages; a text has none to count. */
export function countPages(quantity: Quantity, statement: string, work: ReadWork): Said {
  const bounds = boundsOf(quantity, statement)
  const asked = sayAsked(bounds, 'pages')
  const { submission, outline } = work
  if (submission.pages.length === 0) {
    const body = outline.words - outline.shares.references
    const about = Math.max(1, Math.round(body / WORDS_A_PAGE))
    return notAssessed(
      `What was sent has no pages to count; ${say(body)} words are about ${sayMany(about, 'double-spaced page')}. Asked for: ${asked}. Look at the page count in your own file.`,
    )
  }
  const range = rangeOfPages(work, statement)
  const counted = sayPages(range)
  switch (holdCount(range, bounds)) {
    case 'kept':
      return met(`${counted}; asked for: ${asked}.`)
    case 'below':
      if (isDense(work, statement, bounds.asked.least))
        return notAssessed(
          `The file has ${sayMany(range.most, 'page')}, and its ${say(outline.words)} words are more than fit on so many double-spaced ones. Asked for: ${asked}. Look at the spacing, and count again.`,
        )
      return short(
        `The file has ${sayMany(range.most, 'page')}: ${say(bounds.asked.least - range.most)} fewer than asked for.`,
        range.most,
        bounds.asked.least,
      )
    case 'above':
      return notMet(`${counted}: ${say(range.least - bounds.asked.most)} more than asked for.`)
    default:
      return notAssessed(
        `${counted}; asked for: ${asked}. Ask which pages count, or stay inside it either way.`,
      )
  }
}

/** Checks a number of slides, which can be seen only where each page of a file is one. */
export const checkSlides: Check = ({ quantities, modality, statement }, work) => {
  const quantity = quantities.find(({ unit }) => unit === 'slides')
  if (quantity === undefined || modality === 'may') return null
  const bounds = boundsOf(quantity, statement)
  const asked = sayAsked(bounds, 'slides')
  const { pages } = work.submission
  if (pages.length === 0)
    return notAssessed(
      `What was sent has no slides to count. Asked for: ${asked}. Send the slides as a PDF to have them counted.`,
    )
  if (work.outline.words > pages.length * SLIDE_WORDS)
    return notAssessed(
      `What was sent reads as a text and not as slides. Asked for: ${asked}; count them in the slides themselves.`,
    )
  const range = rangeOfPages(work, statement)
  const counted = `The file has ${sayMany(range.most, 'page')}`
  if (holdCount(range, bounds) === 'kept') return met(`${counted}; asked for: ${asked}.`)
  return notAssessed(
    `${counted}; asked for: ${asked}. A page may hold several slides, or a slide run over several pages: count them in the slides themselves.`,
  )
}
