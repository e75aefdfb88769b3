import type { MarkedRequirement } from '../../../activities/llm/briefs/gold.ts'
import type { Brief } from '../../../activities/llm/briefs/load-briefs.ts'
import { locateMark, type PlacedSpan } from '../../../activities/llm/briefs/locate-marks.ts'
import type { Distilled, Evidence, Requirement } from '../../../contract/requirements.ts'
import { pairSpans, wordsOf, type Words } from './pair-spans.ts'

export interface Match {
  readonly marked: MarkedRequirement
  readonly found: Requirement
}

/** What a person marked beside what was found in the instructor's texts. */
export interface Matched {
  readonly matches: readonly Match[]
  readonly missed: readonly MarkedRequirement[]
  /** Found and never marked. */
  readonly extra: readonly Requirement[]
  readonly markedWords: readonly Words[]
  readonly foundWords: readonly Words[]
}

/** The span of a piece of evidence; null when its quote was not located. */
export function spanOf({ document_id, start, end }: Evidence): PlacedSpan | null {
  return start === null || end === null ? null : { document_id, start, end }
}

/** Pairs the marks of a brief with what was found in its texts; what Canvas itself states is left out of both. */
export function matchRequirements(brief: Brief, { requirements }: Pick<Distilled, 'requirements'>): Matched {
  const { texts, gold } = brief
  const own = new Set(texts.map(({ document_id }) => document_id))
  const found = requirements.filter(({ evidence }) => own.has(evidence[0]?.document_id ?? ''))
  const markedWords = gold.requirements.map(({ quote }) => wordsOf(texts, locateMark(brief, quote)))
  const foundWords = found.map(({ evidence: [first] }) => {
    const span = first === undefined ? null : spanOf(first)
    return span === null ? new Set<string>() : wordsOf(texts, span)
  })
  const pairs = pairSpans(markedWords, foundWords)
  return {
    matches: pairs.flatMap((pair) => {
      const [one, other] = [gold.requirements[pair.marked], found[pair.found]]
      return one === undefined || other === undefined ? [] : [{ marked: one, found: other }]
    }),
    missed: gold.requirements.filter((_, index) => !pairs.some(({ marked }) => marked === index)),
    extra: found.filter((_, index) => !pairs.some((pair) => pair.found === index)),
    markedWords,
    foundWords,
  }
}
