import type { Range } from '../checks/hold-count.ts'
import type { WorkOutline } from './outline-work.ts'
import type { Passage } from './passage.ts'

const NEW_ENTRY =
  /^(?:\[?\d{1,3}[\].)]\s+|[-*•]\s+|(?:van|von|de|der|den|da|di|la|le|du|al|el|bin|bell|ibn)\b[^,\n]{0,40},\s|\p{Lu}[\p{L}'’-]{1,40},\s|\p{Lu}\.\s?(?:\p{Lu}\.\s?)?\p{Lu}[\p{L}'’-]{1,40},\s|\p{Lu}[\p{L}&.,()' -]{2,80}\.\s|[“"„])/u
const LEAST_CHARACTERS = 20
const LONGEST_ENTRY = 500
const YEAR = /(?<![\d-])(?:1[5-9]|20)\d{2}[a-z]?(?![\d-])/gu
const UNDATED = /\b(?:n\.\s?d\.|no date|undated|in press|forthcoming|s\.\s?a\.)/giu
/** What an entry has and a remark about one has not: a date, an address, a title set apart. */
const BEARS =
  /(?:1[5-9]|20)\d{2}|https?:|\bdoi\b|www\.|[“"„«][^”"“»\n]{3,}|(?<![\p{L}\p{N}])[_*][^_*\n]{3,}[_*]|\bn\.\s?d\.|\bin press\b/iu

// An annotation speaks of its source.
const REMARK =
  /^(?:this|these|the (?:article|author|authors|book|study|paper|report|chapter|text)|in (?:this|the)|it|here|i|my|we|although|while|because|unlike|as an?)\b/iu
const MARKED = /^(?:\[?\d{1,3}[\].)]|[-*•])\s/u

/** An entry of a list of references; `apart` where the layout shows that it begins there. */
export interface Entry extends Passage {
  readonly apart: boolean
  readonly lines: number
}

/** The entries of the list of references, in their order. */
export function readReferences({ references }: Pick<WorkOutline, 'references'>): readonly Entry[] {
  if (references === null) return []
  const entries: { text: string; start: number; end: number; apart: boolean; lines: number }[] = []
  let afterBlank = true
  let begins = NEW_ENTRY
  let at = references.start
  for (const line of references.text.split('\n')) {
    const text = line.trim()
    const start = at + line.indexOf(text)
    at += line.length + 1
    if (text === '') {
      afterBlank = true
      continue
    }
    const open = entries.at(-1)
    // In a numbered list only a number begins an entry.
    if (open === undefined) begins = MARKED.test(text) ? MARKED : NEW_ENTRY
    if (open === undefined || afterBlank || begins.test(text))
      entries.push({
        text,
        start,
        end: start + text.length,
        apart: afterBlank || MARKED.test(text),
        lines: 1,
      })
    else {
      open.text += ` ${text}`
      open.end = start + text.length
      open.lines += 1
    }
    afterBlank = false
  }
  // "Primary sources" over a part of the list is no entry.
  return entries.filter(
    ({ text }) =>
      text.length >= LEAST_CHARACTERS &&
      text.length <= LONGEST_ENTRY &&
      !text.startsWith('#') &&
      !REMARK.test(text),
  )
}

function looksLikeEntry({ text, apart }: Entry): boolean {
  const isPlaced = apart || NEW_ENTRY.test(text)
  return isPlaced && BEARS.test(text)
}

// A name after a full stop, where the next of several entries on one line may begin.
const NEXT_NAME = /[.)] \p{Lu}[\p{L}'’-]{1,40}, \p{Lu}/gu

/** How many entries may stand in one: as many as it names dates, and on a single line no more than names after them. */
function mostIn({ text, lines }: Entry): number {
  const dates = (text.match(YEAR)?.length ?? 0) + (text.match(UNDATED)?.length ?? 0)
  const names = lines === 1 ? 1 + (text.match(NEXT_NAME)?.length ?? 0) : dates
  return Math.max(1, Math.min(dates, names))
}

/** How many entries a list holds: those that look like one by all signs, and those that may hide in its lines. */
export function countEntries(entries: readonly Entry[]): Range {
  const most = entries.reduce((sum, entry) => sum + mostIn(entry), 0)
  return { least: entries.filter(looksLikeEntry).length, most }
}

/** The years an entry names, oldest first. */
export function yearsOf(entry: string): readonly number[] {
  return [...entry.matchAll(YEAR)].map(([year]) => Number.parseInt(year, 10)).sort((a, b) => a - b)
}
