import { normaliseText } from '../evidence/normalise-text.ts'
import { createProseGuard } from '../verify/prose-leak.ts'
import { offersWording } from './offers-wording.ts'
import { speaksOfGrade } from './speaks-of-grade.ts'

const LINK = /https?:\/\/|\bwww\.|!\[|\]\(|\b[\w-]+\.(?:com|org|net|edu|io|example)\b/iu
const MARKUP =
  /<\/?[a-z!][^>]{0,400}>|[^\P{Cc}\t\n\r]|[\u200B\u2060\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]|```/iu
const QUOTED: readonly RegExp[] = [
  /[“„](?<words>[^“”„]{1,2000})(?:[”“]|$)/gu,
  /"(?<words>[^"]{1,2000})(?:"|$)/gu,
  /«(?<words>[^«»]{1,2000})(?:»|$)/gu,
  /`(?<words>[^`]{1,2000})`/gu,
  /(?<![\p{L}\p{N}])[‘'](?<words>[^‘’'\n]{1,400}(?:[’'](?=\p{L})[^‘’'\n]{1,400}){0,6})[’'](?![\p{L}\p{N}])/gu,
]
const LEAST_QUOTED_WORDS = 3
// A question to the student is no sentence of the work.
const QUESTION =
  /^\s*(?:is|are|was|were|do|does|did|has|have|had|what|which|who|whose|where|when|why|how|could|would|can|should)\b[^?]*\?\s*$/iu

/** Why words may not be told to a student, as a model is told when it is asked again. */
const REASONS = {
  grade: 'it speaks of a grade, points, a share or a letter',
  rewrite: 'it offers a wording; ask a question instead',
  link: 'it holds a link',
  markup: 'it holds markup or signs that cannot be seen',
  invented_quote: 'it puts words in quotation marks that stand in no document, letter by letter',
  prose: 'it reads as a part of the work itself',
} as const

type Reason = keyof typeof REASONS

/** Why words may not be told to a student; null when they may. */
export type GuardWords = (words: string) => Reason | null

/** The reason in words a model can act on. */
export function sayWhy(reason: Reason | null): string {
  return reason === null ? 'it is empty' : REASONS[reason]
}

interface Known {
  /** The student's own work. */
  readonly work: string
  /** The documents of the assignment. */
  readonly documents: readonly string[]
}

/** The pieces of a quotation between its marks of omission, without the punctuation around them. */
function piecesOf(quoted: string): readonly string[] {
  return quoted
    .split(/…|\.\.\.|\[[^\]]{0,43}\]/u)
    .map((piece) => piece.replaceAll(/^[\s.,;:!?–—-]+|[\s.,;:!?–—-]+$/gu, ''))
    .filter((piece) => piece.split(/\s+/u).length >= LEAST_QUOTED_WORDS)
}

/** A check whether words stand in one of the texts, case and signs aside; nearly the same words would be a rewording. */
function createStands(texts: readonly string[]): (words: string) => boolean {
  const fold = (text: string) => normaliseText(text).text.toLowerCase()
  let folded: readonly string[] | undefined
  return (words) => {
    folded ??= texts.map(fold)
    const wanted = fold(words)
    return folded.some((text) => text.includes(wanted))
  }
}

/**
 * Guards what a model says to a student: no grade, no wording to take over, no link or markup, no quotation that stands
 * nowhere, and no run of more than twelve words of submission prose that is found neither in the work nor in a source.
 */
export function createWordsGuard({ work, documents }: Known): GuardWords {
  const texts = [work, ...documents]
  const stands = createStands(texts)
  const leaks = createProseGuard(texts)
  const isInvented = (words: string) =>
    QUOTED.some((form) =>
      [...words.matchAll(form)].some(({ groups }) =>
        piecesOf(groups?.['words'] ?? '').some((piece) => !stands(piece)),
      ),
    )
  return (words) => {
    if (MARKUP.test(words)) return 'markup'
    if (speaksOfGrade(words, work)) return 'grade'
    if (offersWording(words)) return 'rewrite'
    if (LINK.test(words)) return 'link'
    if (isInvented(words)) return 'invented_quote'
    return leaks(words).some((sentence) => !QUESTION.test(sentence)) ? 'prose' : null
  }
}
