import { parseBlocks } from '../../llm/offline/text/parse-blocks.ts'
import { countWords } from './count-words.ts'

/** A stretch of a piece of work, with its place in the text, UTF-16 units, `end` exclusive. */
export interface Passage {
  readonly text: string
  readonly start: number
  readonly end: number
}

export interface Paragraph extends Passage {
  readonly words: number
  /** The title of the section it stands in; empty before the first. */
  readonly section: string
}

/** A piece of work as code can see it. */
export interface WorkOutline {
  /** All words, references and captions too. */
  readonly words: number
  /** Words outside the list of references. */
  readonly bodyWords: number
  readonly characters: number
  readonly headings: readonly Passage[]
  /** Running text outside the list of references, items of lists too. */
  readonly paragraphs: readonly Paragraph[]
  /** The list of references, from its heading on; null where there is none. */
  readonly references: Passage | null
  readonly captions: readonly Passage[]
  readonly footnotes: readonly Passage[]
}

const REFERENCES =
  /^(?:\d{1,2}\.?\s+)?(?:list of )?(?:references?|bibliograph(?:y|ies)|annotated bibliography|works cited|literature(?: cited)?|sources(?: cited)?|literaturverzeichnis|quellen(?:verzeichnis)?|bibliographie|références)\b[:.]?$/iu
const CAPTION = /^(?:figure|fig\.|table|chart|map|graph)\s+\d{1,3}\b/iu

interface Heading extends Passage {
  readonly depth: number
}

interface Found {
  readonly heading: Passage
  readonly from: number
  readonly to: number
}

/** The list of references runs to the next heading that is not below its own, e.g. to an appendix. */
function findReferences(raw: string, headings: readonly Heading[]): Found | null {
  const at = headings.findLastIndex(({ text }) => REFERENCES.test(text.trim()))
  const heading = headings[at]
  if (heading === undefined) return null
  const next = headings.slice(at + 1).find(({ depth }) => depth <= heading.depth)
  return { heading, from: heading.end, to: next?.start ?? raw.length }
}

/** Reads headings, paragraphs, captions, footnotes and the list of references of a piece of work. */
export function outlineWork(raw: string): WorkOutline {
  const blocks = parseBlocks(raw).map(({ kind, view, start, end, path, depth }) => ({
    kind,
    text: view.text,
    start,
    end,
    path,
    depth,
  }))
  const headings = blocks.filter(({ kind }) => kind === 'heading')
  const found = findReferences(raw, headings)
  const isListed = ({ start }: Passage) => found !== null && start >= found.from && start < found.to
  const running = blocks.filter(
    (block) => block.kind !== 'heading' && block.kind !== 'footnote' && !isListed(block),
  )
  const captions = running.filter(({ text }) => CAPTION.test(text))
  const listed = found === null ? '' : raw.slice(found.from, found.to)
  const words = countWords(raw)
  return {
    words,
    bodyWords: words - countWords(listed) - (found === null ? 0 : countWords(found.heading.text)),
    characters: raw.trim().length,
    headings,
    paragraphs: running
      .filter((block) => !captions.includes(block))
      .map(({ text, start, end, path }) => ({
        text,
        start,
        end,
        words: countWords(text),
        section: path.at(-1) ?? '',
      })),
    references: found === null ? null : { text: listed, start: found.from, end: found.to },
    captions,
    footnotes: blocks.filter(({ kind }) => kind === 'footnote'),
  }
}
