import { createQuoteLocator } from '../evidence/locate-quote.ts'
import { createProseGuard } from '../verify/prose-leak.ts'

const GRADE =
  /\b(?:grades?|scores?|marks?|points?)\b[^.!?]{0,30}\b(?:\d{1,3}|[A-DF][+-]?)(?=\W|$)|\b\d{1,3}(?:\.\d)?\s?(?:points?|marks?|pts)\b|\b\d{1,3}\s?(?:\/|out of)\s?(?:5|10|20|25|30|40|50|60|80|100)\b|\b(?:an? )?[A-DF][+-](?=[\s.,;)]|$)|\b[A-DF](?: |-)(?:grade|range|level (?:work|paper|essay))\b|\b(?:would|will|should) (?:get|earn|receive|score|pass|fail)\b/u
const REWRITE =
  /\b(?:you|one) (?:could|might|can|should|may) (?:write|say|rephrase|reword|word it|phrase)\b|\b(?:rewrite|rephrase|reword|replace|change)\b[^.!?]{0,60}\b(?:as|to|with|by)\s*[:“"‘']|\b(?:for example|e\.g\.|such as|like this|try):?\s*[“"]|\b(?:better|stronger|clearer|possible|improved) (?:thesis|sentence|version|opening|wording|title|topic sentence)\b[^.!?]{0,40}(?:\bwould be\b|\bmight be\b|\bis\b|:)/iu
const LINK = /https?:\/\/|\bwww\.|!\[|\]\(/iu
const QUOTED = /[“"„](?<words>[^”"“\n]{1,400})[”"“]/gu
const LEAST_QUOTED_WORDS = 3

/** Why words may not be told to a student, as a model is told when it is asked again. */
const REASONS = {
  grade: 'it speaks of a grade, points or a letter',
  rewrite: 'it offers a wording; ask a question instead',
  link: 'it holds a link',
  invented_quote: 'it puts words in quotation marks that stand in no document',
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
  /** The student's own work and the documents of the assignment. */
  readonly texts: readonly string[]
}

/**
 * Guards what a model says to a student: no grade, no wording to take over, no link, no quotation that stands nowhere,
 * and no run of more than twelve words of submission prose that is found neither in the work nor in a source.
 */
export function createWordsGuard({ texts }: Known): GuardWords {
  const locators = texts.map((text) => createQuoteLocator({ text, pages: [] }))
  const leaks = createProseGuard(texts)
  const stands = (words: string) => locators.some((locate) => locate(words).match !== 'none')
  const isInvented = (words: string) =>
    [...words.matchAll(QUOTED)].some(({ groups }) => {
      const quoted = (groups?.['words'] ?? '').replace(/[…. ]+$/u, '')
      return quoted.split(/\s+/u).length >= LEAST_QUOTED_WORDS && !stands(quoted)
    })
  const everything = texts.join('\n')
  return (words) => {
    if (GRADE.test(words)) return 'grade'
    if (REWRITE.test(words)) return 'rewrite'
    if (LINK.test(words) && !everything.includes(words)) return 'link'
    if (isInvented(words)) return 'invented_quote'
    return leaks(words).length > 0 ? 'prose' : null
  }
}
