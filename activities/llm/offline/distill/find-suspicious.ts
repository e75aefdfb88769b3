import { readSentences } from '../text/language.ts'
import { type Block, parseBlocks } from '../text/parse-blocks.ts'
import { type Span, rawSpan } from '../text/view.ts'
import { ADDRESS_TO_FILL, isForged, isMarked, OWN_KEYS } from './suspicious/forms.ts'
import { isAddressed } from './suspicious/is-order.ts'

const COMMENT = /<!--[\s\S]{0,4000}?-->/gu
const INVISIBLE = /[\u{E0000}-\u{E007F}]{4,}|[\u200B-\u200D\u2060]{8,}/gu
const FENCED = /^[ \t]*(?<mark>```|~~~)[^\n]*\n[\s\S]*?(?:^[ \t]*\k<mark>[ \t]*$|(?![\s\S]))/gmu
const WORDS = /\p{L}{3,}\s+\p{L}{2,}/u
const OPENS = /\b(?:begin|start)\b[^.!?]{0,40}\b(?:prompt|message|instructions?|override|context)\b/iu
const CLOSES = /\bend\b[^.!?]{0,40}\b(?:prompt|message|instructions?|override|context)\b/iu
const LONGEST_OPENED = 8

const LONGEST_LINE = 2_000
const LONGEST_OBJECT = 4_000

/** Whether a line of a fenced block speaks to a machine: such blocks are left out of what is read as prose. */
function holdsAddress(block: string): boolean {
  return block.split('\n').some((line) => isAddressed(line.slice(0, LONGEST_LINE)))
}

/** Stretches of JSON with the keys of this service's own data, as an answer that is meant to be taken for its own. */
function forgedAnswers(raw: string): readonly Span[] {
  const spans: { start: number; end: number }[] = []
  for (const { index, 0: key } of raw.matchAll(OWN_KEYS)) {
    const last = spans.at(-1)
    if (last !== undefined && index - last.start < LONGEST_OBJECT) last.end = index + key.length
    else spans.push({ start: index, end: index + key.length })
  }
  return spans
    .filter(({ start, end }) => isForged(raw.slice(start, end)))
    .map(({ start, end }) => {
      const opens = raw.lastIndexOf('{', start)
      const closes = raw.indexOf('}', end)
      return {
        start: opens === -1 || start - opens > LONGEST_LINE ? start : opens,
        end: closes === -1 || closes - end > LONGEST_LINE ? end : closes + 1,
      }
    })
}

/** Places of a text that a reader does not see or read as prose, and that carry an order. */
function hiddenSpans(raw: string): readonly Span[] {
  const of = (form: RegExp, fits: (text: string) => boolean): readonly Span[] =>
    [...raw.matchAll(form)]
      .filter(([text]) => fits(text))
      .map(({ 0: text, index }) => ({ start: index, end: index + text.length }))
  return [
    ...of(COMMENT, (text) => WORDS.test(text)),
    ...of(INVISIBLE, () => true),
    ...of(FENCED, holdsAddress),
    // A line that is nothing but a picture is no block.
    ...of(ADDRESS_TO_FILL, () => true),
    ...forgedAnswers(raw),
  ]
}

/** What follows an address and belongs to it. */
type Reach =
  | { readonly kind: 'none' }
  | { readonly kind: 'list' }
  | { readonly kind: 'next' }
  | { readonly kind: 'section'; readonly depth: number }
  | { readonly kind: 'marked'; readonly left: number }

/** What belongs to an address: up to the mark that closes it, its section, the list or paragraph it introduces. */
function reachOf({ kind, view, depth }: Block, next: readonly Block[]): Reach {
  if (OPENS.test(view.text)) {
    const closing = next.findIndex((block) => CLOSES.test(block.view.text))
    return closing === -1 ? { kind: 'none' } : { kind: 'marked', left: closing + 1 }
  }
  if (kind === 'heading') return { kind: 'section', depth }
  return /:\s*$/u.test(view.text) ? { kind: 'next' } : { kind: 'none' }
}

interface Followed {
  /** Whether the block still belongs to the address before it. */
  readonly taken: boolean
  readonly reach: Reach
}

const NOTHING: Followed = { taken: false, reach: { kind: 'none' } }

/** Whether a block still belongs to the address before it, and what belongs to it after that. */
function follow(reach: Reach, block: Block): Followed {
  const isListed = block.kind === 'item' || block.kind === 'row'
  if (reach.kind === 'list') return isListed ? { taken: true, reach } : NOTHING
  if (reach.kind === 'next')
    return block.kind === 'heading' ? NOTHING : { taken: true, reach: { kind: isListed ? 'list' : 'none' } }
  if (reach.kind === 'section')
    return block.kind === 'heading' && block.depth <= reach.depth ? NOTHING : { taken: true, reach }
  if (reach.kind === 'none') return NOTHING
  const left = reach.left - 1
  return { taken: true, reach: left === 0 ? { kind: 'none' } : { kind: 'marked', left } }
}

/** The part of a block from the first sentence that is addressed to a machine; null when none is. */
function addressIn(raw: string, { view, start: from, end: to }: Block): Span | null {
  const sentences = readSentences(view.text)
  const first = sentences.find(({ start, end }) => isAddressed(view.text.slice(start, end)))
  if (first !== undefined) return rawSpan(view, { start: first.start, end: view.text.length })
  // A sentence splitter may part what only speaks as a whole; words to be filled in may stand between its words.
  const unfilled = view.text.replaceAll(/<[^<>\n]{1,60}>/gu, ' ').replaceAll(/\s+/gu, ' ')
  const isWhole = isAddressed(view.text) || (unfilled !== view.text && isAddressed(unfilled))
  if (isWhole) return rawSpan(view, { start: 0, end: view.text.length })
  // Marks look like markup, which a view leaves out.
  return isMarked(raw.slice(from, to)) ? { start: from, end: to } : null
}

function joinOverlapping(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = joined.at(-1)
    if (last !== undefined && span.start < last.end) {
      if (span.end > last.end) joined[joined.length - 1] = { start: last.start, end: span.end }
    } else joined.push(span)
  }
  return joined
}

/**
 * Passages addressed to a machine rather than to the student. A passage runs to the end of its block, and over the
 * list, paragraph or section it introduces: what follows such an address is part of it.
 */
export function findSuspicious(raw: string): readonly Span[] {
  const found: Span[] = [...hiddenSpans(raw)]
  let reach: Reach = { kind: 'none' }
  const blocks = parseBlocks(raw)
  for (const [index, block] of blocks.entries()) {
    const followed = follow(reach, block)
    reach = followed.reach
    if (followed.taken) {
      found.push({ start: block.start, end: block.end })
      continue
    }
    const address = addressIn(raw, block)
    if (address === null) continue
    found.push(address)
    reach = reachOf(block, blocks.slice(index + 1, index + 1 + LONGEST_OPENED))
  }
  return joinOverlapping(found)
}
