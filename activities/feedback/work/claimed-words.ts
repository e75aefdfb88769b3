import type { Passage } from './passage.ts'

/** A number of words that a work says it has. */
export interface ClaimedWords extends Passage {
  readonly words: number
}

const NUMBER = String.raw`\d{1,3}(?:[,.’' ]\d{3})+|\d{2,6}`
const CLAIM = new RegExp(
  String.raw`\b(?:total )?word[ -]?count\b[ *_]{0,4}(?:\([^()\n]{0,40}\)[ *_]{0,4})?(?:[:=–-]|is|of)?[ *_]{0,4}(?:about |approx(?:imately|\.)? |~ ?)?(?<count>${NUMBER})(?![\d,.]*\d)|^[ *_(\[]{0,4}(?:words:[ *_]{0,4}(?<named>${NUMBER})|(?<bare>${NUMBER}) words(?: in total)?)[ *_.)\]]{0,4}$`,
  'gimu',
)

/** The counts of its own words that a work states, such as “Word count: 1,950”, in reading order. */
export function findClaimedWords(raw: string): readonly ClaimedWords[] {
  return [...raw.matchAll(CLAIM)].flatMap((match) => {
    const { count, named, bare } = match.groups ?? {}
    const words = Number((count ?? named ?? bare ?? '').replaceAll(/\D/gu, ''))
    const text = match[0].trim()
    const start = match.index + match[0].indexOf(text)
    return words === 0 ? [] : [{ text, start, end: start + text.length, words }]
  })
}
