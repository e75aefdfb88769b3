import { parseBlocks, type Block } from '../../llm/offline/text/parse-blocks.ts'
import { countWords } from './count-words.ts'
import { findAppendix } from './find-appendix.ts'
import { findNotes } from './find-notes.ts'
import { hasLinePerParagraph } from './line-per-paragraph.ts'
import type { Passage } from './passage.ts'
import { hideComments, shareWords, type Share, type Shares } from './share-words.ts'

export interface Heading extends Passage {
  readonly depth: number
}

export interface Paragraph extends Passage {
  readonly words: number
  /** The title of the section it stands in; empty before the first. */
  readonly section: string
}

/** A piece of work as code can see it. */
export interface WorkOutline {
  /** All words that can be seen, references and captions too. */
  readonly words: number
  readonly shares: Shares
  readonly characters: number
  readonly headings: readonly Heading[]
  /** Running text outside the list of references, items of lists too. */
  readonly paragraphs: readonly Paragraph[]
  /** The list of references, from its heading on; null where there is none. */
  readonly references: Passage | null
  /** Where the first appendix begins; null where there is none. */
  readonly appendix: number | null
  readonly captions: readonly Passage[]
  readonly notes: readonly Passage[]
  /** How many tables stand in it. */
  readonly tables: number
  /** Whether it reads as English, so that words of English can be looked for. */
  readonly english: boolean
}

const REFERENCES =
  /^(?:\d{1,2}\.?\s+)?(?:(?:selected|full|list of|my) )?(?:references?|bibliograph(?:y|ies)|annotated bibliography\b.{0,60}|works (?:cited|consulted)|cited works|literature(?: cited)?|reference list|sources(?: cited| used)?|literaturverzeichnis|literatur|quellen(?:verzeichnis)?|bibliographie|bibliograf[ií]a|references bibliographiques|références|referencias)(?!\p{L})[:.]?$/iu
// "Table 1 shows that …" is running text.
const CAPTION =
  /^(?:Figure|FIGURE|Fig\.|Table|TABLE|Chart|Map|Graph|Abbildung|Tabelle)\s+\d{1,3}(?:\s*[.:–—|-]|\s*$|\s+["“\p{Lu}])/u
const SECTION_SHARES: readonly (readonly [Share, RegExp])[] = [
  ['abstract', /^abstract$/iu],
  ['contents', /^(?:table of )?contents$/iu],
  ['appendix', /^appendi(?:x|ces)\b/iu],
]
const LONGEST_TITLE = 60
const FRONT_WORDS = 80
// A list of references that is most of the text is the work itself, as an annotated bibliography is.
const MOSTLY = 0.5
const LEAST_OPENING_WORDS = 25
const ENGLISH = /\b(?:the|of|and|to|in|is|was|that|for|with|are|this|by|not|it|be|as|on)\b/giu
const FOREIGN =
  /(?<!\p{L})(?:der|und|das|ist|nicht|den|von|mit|le|les|des|une|est|dans|pour|el|los|las|que|del|por|il|di|che|della|een|het|och|att|og|não|uma|są|się|nie)(?!\p{L})/giu
const SAMPLE_CHARACTERS = 6_000
/** The end of the section a heading opens: the next heading that is not below it. */
export function endOfSection(headings: readonly Heading[], at: number, textEnd: number): number {
  const depth = headings[at]?.depth ?? 0
  return headings.slice(at + 1).find((next) => next.depth <= depth)?.start ?? textEnd
}

/** Whether words of English can be looked for in a text: its letters are Latin, its small words not another tongue's. */
function readsEnglish(raw: string): boolean {
  const sample = raw.slice(0, SAMPLE_CHARACTERS)
  const letters = sample.match(/\p{L}/gu)?.length ?? 0
  const latin = sample.match(/\p{sc=Latin}/gu)?.length ?? 0
  if (latin * 2 < letters) return false
  return (sample.match(ENGLISH)?.length ?? 0) >= (sample.match(FOREIGN)?.length ?? 0)
}

interface Read {
  readonly headings: readonly Heading[]
  /** The title of the list of references. */
  readonly list: Passage | null
  readonly references: Passage | null
  readonly appendix: number | null
  readonly captions: readonly Passage[]
  readonly notes: readonly Passage[]
}

/** The line that is nothing but the title of a list of references, where no heading was recognised. */
function findListLine(raw: string): Heading | null {
  let found: Heading | null = null
  for (let start = 0; start < raw.length;) {
    const stop = raw.indexOf('\n', start)
    const end = stop === -1 ? raw.length : stop
    if (end - start <= LONGEST_TITLE) {
      const text = raw.slice(start, end).replaceAll(/^[\s#*_]+|[\s*_]+$/gu, '')
      if (REFERENCES.test(text)) found = { text, start, end, depth: 1 }
    }
    start = end + 1
  }
  return found
}

/** The list of references runs to the next heading that is not below its own, e.g. to an appendix. */
function readParts(raw: string, blocks: readonly Block[]): Read {
  const passages = blocks.map(({ kind, view, start, end, depth }) => ({
    kind,
    text: view.text,
    start,
    end,
    depth,
  }))
  const headings = passages.filter(({ kind }) => kind === 'heading')
  const list = headings.findLast(({ text }) => REFERENCES.test(text.trim())) ?? findListLine(raw)
  const from = list?.end ?? null
  const notes = findNotes(raw, blocks, from).map(({ view, start, end }) => ({ text: view.text, start, end }))
  const captions = passages.filter(({ kind, text }) => kind !== 'footnote' && CAPTION.test(text))
  const seen = { headings, appendix: findAppendix(raw, headings), captions, notes }
  if (list === null || from === null) return { ...seen, list: null, references: null }
  const next = headings.find(({ start, depth }) => start >= from && depth <= list.depth)?.start ?? raw.length
  const to = notes.find(({ start }) => start >= from && start < next)?.start ?? next
  return { ...seen, list, references: { text: raw.slice(from, to), start: from, end: to } }
}

/** What stands before the first paragraph of some length: title, name, course, date. */
function frontOf(raw: string, paragraphs: readonly Paragraph[]): readonly Passage[] {
  const opening = paragraphs.find(({ words }) => words >= LEAST_OPENING_WORDS)
  if (opening === undefined || opening.start === 0) return []
  const text = raw.slice(0, opening.start)
  return countWords(text) > FRONT_WORDS ? [] : [{ text, start: 0, end: opening.start }]
}

function isTheWork(raw: string, references: Passage | null): boolean {
  return references !== null && countWords(references.text) > countWords(raw) * MOSTLY
}

function partsOf(raw: string, blocks: readonly Block[], read: Read, paragraphs: readonly Paragraph[]) {
  const { appendix } = read
  const sections = SECTION_SHARES.map(([share, form]) => {
    const found = read.headings.flatMap(({ text, start }, at) =>
      form.test(text.trim()) ? [{ start, end: endOfSection(read.headings, at, raw.length) }] : [],
    )
    return [share, found] as const
  })
  const isWork = isTheWork(raw, read.references)
  const unheaded =
    appendix !== null && !read.headings.some(({ start }) => start === appendix)
      ? [['appendix', [{ start: appendix, end: raw.length }]] as const]
      : []
  return new Map<Share, readonly { readonly start: number; readonly end: number }[]>([
    ...sections,
    ...unheaded,
    ['front', frontOf(raw, paragraphs)],
    ['tables', blocks.filter(({ kind }) => kind === 'row')],
    ['captions', read.captions],
    [
      'references',
      read.references === null || isWork ? [] : [...(read.list === null ? [] : [read.list]), read.references],
    ],
    ['notes', read.notes],
  ])
}

/** Reads headings, paragraphs, captions, notes and the list of references of a piece of work. */
export function outlineWork(raw: string): WorkOutline {
  const blocks = parseBlocks(raw, hasLinePerParagraph(raw))
  const read = readParts(raw, blocks)
  const { headings, references, appendix, captions, notes } = read
  const apart = new Set([...captions, ...notes].map(({ start }) => start))
  const isWork = isTheWork(raw, references)
  const isListed = (start: number) =>
    !isWork && references !== null && start >= references.start && start < references.end
  const paragraphs = blocks
    .filter(
      ({ kind, start }) => kind !== 'heading' && kind !== 'footnote' && !apart.has(start) && !isListed(start),
    )
    .map(({ view, start, end, path }) => ({
      text: view.text,
      start,
      end,
      words: countWords(view.text),
      section: path.at(-1) ?? '',
    }))
  const seen = hideComments(raw)
  return {
    headings,
    references,
    appendix,
    captions,
    notes,
    words: countWords(seen),
    shares: shareWords(seen, partsOf(raw, blocks, read, paragraphs)),
    characters: raw.trim().length,
    paragraphs,
    tables: blocks.filter(({ kind }, at) => kind === 'row' && blocks[at - 1]?.kind !== 'row').length,
    english: readsEnglish(raw),
  }
}
