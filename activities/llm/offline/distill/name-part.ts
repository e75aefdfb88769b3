import type { Span } from '../text/view.ts'
import { hasVerb } from './has-verb.ts'
import { isBounded } from './read-fragments.ts'
import { readNumbers } from './read-numbers.ts'

// "Set-up and procedure, at most 1.5 pages": the name of a part, then a bound on it.
const NAME = /^(?<name>\p{Lu}[\p{L}'’-]*(?: [\p{L}'’&-]+){0,4})\s?(?:[,:(]|[–—]|\bof\b)\s*$/u

/** The part that a bound without a verb is set for, as it is called before it in its sentence; null where none is. */
export function partBefore(sentence: string, { start, end }: Span): string | null {
  if (!isBounded(sentence.slice(start, end))) return null
  const name = NAME.exec(sentence.slice(0, start))?.groups?.['name']
  // "At least six sources: no fewer than two …": what stands before is a demand itself.
  return name === undefined || hasVerb(name) || isBounded(name) || readNumbers(name).length > 0 ? null : name
}
