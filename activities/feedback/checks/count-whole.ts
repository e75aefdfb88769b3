import { listNames } from '../../../contract/text.ts'
import { countUnsure } from '../work/count-words.ts'
import type { Share } from '../work/share-words.ts'
import { countEntryLike } from '../work/count-sources.ts'
import { say, type Held, type Range } from './hold-count.ts'
import type { ReadWork } from './rule-check.ts'

const LEFT_OUT =
  /\b(?:not (?:counting|including)|excluding|excludes?|exclusive of|without|(?:does|do|will) not (?:include|count)|(?:are|is) not (?:counted|included)|not count towards?|plus)\b[^.;]{0,120}/iu
const LEFT_OUT_BEFORE =
  /[^.;]{0,120}\b(?:(?:do|does|will) not count|(?:are|is) (?:not (?:counted|included)|excluded)|excluded|not included)\b/iu
const COUNTED_IN =
  /(?<!\bnot )\b(?:including|inclusive of|includes?|counting|everything counts)\b[^.;]{0,120}/iu
const COUNTED_IN_AFTER = /[^.;,]{0,80}\b(?:included|counted|count)\s*[).]?\s*$/iu

/** Parts by the words a rule names them with. */
const NAMED: readonly (readonly [Share, RegExp, string])[] = [
  ['references', /bibliograph|referenc|works cited|sources|literature|citation/iu, 'references'],
  ['notes', /footnote|endnote|\bnotes\b/iu, 'notes'],
  ['captions', /caption|figure|legend/iu, 'captions'],
  ['tables', /tables?\b/iu, 'tables'],
  ['front', /title|cover|heading|header|name block/iu, 'the lines above the text'],
  ['abstract', /abstract|summary/iu, 'the abstract'],
  ['appendix', /append/iu, 'appendices'],
  ['quotes', /quot/iu, 'block quotes'],
  ['code', /\bcode\b|listing/iu, 'code'],
  ['contents', /contents/iu, 'the table of contents'],
]
/** What one instructor counts and another does not. */
const OPEN: ReadonlySet<Share> = new Set<Share>(
  NAMED.map(([share]) => share).filter((share) => share !== 'quotes'),
)
const NOTE_LINE = /^[ \t]*\d{1,3}[ \t.]+["“]?\p{Lu}/gmu
const FEWEST_NOTE_LINES = 3
const MOST_NOTES = 0.3
const FURNITURE_WORDS = 8
const FEWEST_ENTRIES = 2
const ENTRY_WORDS = 40
const BY_SCRIPT = 'programs count the words of this script in different ways'
const BY_FILE = 'in a file, running heads, notes and references cannot always be told from the text'

/** Words of the whole work as far as a rule says what counts. */
export interface CountedWords extends Range {
  /** What the rule leaves out, and what it says nothing about, as words for a sentence. */
  readonly without: readonly string[]
  readonly open: readonly string[]
  /** Why some words could not be told apart, so that the range is a guess on the safe side; empty where all could. */
  readonly blur: string
}

const matched = (forms: readonly RegExp[], statement: string): string =>
  forms.map((form) => form.exec(statement)?.[0] ?? '').join(' ')

/** Words that may be a list of references without its heading, or notes and running heads of a PDF. */
function blurOf(
  { submission, outline }: ReadWork,
  areNotesOpen: boolean,
  areReferencesOpen: boolean,
): number {
  const entries = outline.references === null && areReferencesOpen ? countEntryLike(submission.text) : 0
  const hidden = entries >= FEWEST_ENTRIES ? entries * ENTRY_WORDS : 0
  const pages = submission.pages.length
  if (pages === 0) return hidden
  const lines = submission.text.match(NOTE_LINE)?.length ?? 0
  const notes = areNotesOpen && lines >= FEWEST_NOTE_LINES ? Math.round(outline.words * MOST_NOTES) : 0
  return hidden + notes + pages * FURNITURE_WORDS
}

/** Counts the words of a work twice: without everything that may not count, and with it. */
export function countWhole(work: ReadWork, statement: string): CountedWords {
  const { words, shares } = work.outline
  const leftOut = matched([LEFT_OUT, LEFT_OUT_BEFORE], statement)
  const countedIn = leftOut.trim() === '' ? matched([COUNTED_IN, COUNTED_IN_AFTER], statement) : ''
  const all = /\beverything\b/iu.test(countedIn)
  const without: string[] = []
  const open: string[] = []
  const unsure = countUnsure(work.submission.text)
  let most = words + unsure
  let least = words
  for (const [share, form, name] of NAMED) {
    const count = shares[share]
    const isOut = form.test(leftOut)
    if (isOut) without.push(name)
    if (isOut) most -= count
    const isOpen = !isOut && !all && OPEN.has(share) && !form.test(countedIn)
    if (isOut || isOpen) least -= count
    if (isOpen && count > 0) open.push(name)
  }
  const isOpen = (name: string, form: RegExp) => without.includes(name) || (!all && !form.test(countedIn))
  const blur = blurOf(work, isOpen('notes', /note/iu), isOpen('references', /bibliograph|referenc|cited/iu))
  least = Math.max(0, least - blur)
  return { least, most, without, open, blur: unsure > 0 ? BY_SCRIPT : blur > 0 ? BY_FILE : '' }
}

/** The count as a sentence begins: `The text has 1,812 words, without references and notes`. */
export function sayWords({ least, most, without, open, blur }: CountedWords, held: Held): string {
  const out = without.length === 0 ? '' : `, without ${listNames(without)}`
  if (least === most) return `The text has ${say(most)} words${out}`
  if (held === 'below')
    return `The text has ${say(most)} words${out === '' ? ' with everything counted' : out}`
  if (blur !== '') return `The text has between ${say(least)} and ${say(most)} words${out} (${blur})`
  const bare = `The text has ${say(least)} words without ${listNames([...without, ...open])}`
  return held === 'above'
    ? bare
    : `${bare}, and ${say(most)} with ${without.length === 0 ? 'them' : listNames(open)}`
}
