import type { Finding } from './finding.ts'

const CONDITION = /^[\s"'“(*]*(?:if|when|whenever|unless|in case|should you|where|once|without|illness)\b/iu
const EXPRESS =
  /\b(?:must|required?|mandatory|compulsory|only|exactly|ha(?:ve|s) to|may not|cannot|not (?:be )?(?:permitted|allowed|accepted)|prohibited)\b/iu

/** How much hangs on a clause, from its own words: express, plain, or only under a condition. */
export function weighClause(clause: string): Finding['weight'] {
  if (CONDITION.test(clause)) return 'conditional'
  return EXPRESS.test(clause) ? 'firm' : 'plain'
}
