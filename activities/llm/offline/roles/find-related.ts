import type { Requirement } from '../../../../contract/requirements.ts'
import { foldWords } from '../../../roles/guard/known-words.ts'

const LEAST_SHARED = 3
const LEAST_SHARE = 0.5
const LEAST_LETTERS = 4
const EMPTY = new Set(
  'that this with from have must should will your when where which what there their they them been into each every other than then only also more most some such'.split(
    ' ',
  ),
)

function contentWords(text: string): ReadonlySet<string> {
  const words = foldWords(text).split(' ')
  return new Set(
    words
      .filter((word) => (word.length >= LEAST_LETTERS || /\d/.test(word)) && !EMPTY.has(word))
      .map((word) => word.replace(/(?:es|s|ed|ing)$/, '')),
  )
}

/** The requirements that say what a text says, the nearest first: a few words in common are chance. */
export function findRelated(
  text: string,
  requirements: readonly Requirement[],
  most: number,
): readonly Requirement[] {
  const wanted = contentWords(text)
  const scored = requirements.map((requirement) => {
    const words = contentWords(requirement.statement)
    const shared = [...words].filter((word) => wanted.has(word)).length
    return { requirement, shared, share: shared / Math.max(1, Math.min(words.size, wanted.size)) }
  })
  return scored
    .filter(({ shared, share }) => shared >= LEAST_SHARED && share >= LEAST_SHARE)
    .toSorted((a, b) => b.share - a.share || b.shared - a.shared)
    .slice(0, most)
    .map(({ requirement }) => requirement)
}
