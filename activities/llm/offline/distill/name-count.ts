import { numberValue, readNumbers } from './read-numbers.ts'
import { readQuantities } from './read-quantities.ts'

// `toward the six`, `I stop reading at 2,200`: a number that counts what was counted before.
const BARE_END =
  /\b(?:the|those|these|your|at|after|past|beyond|to) (?<count>[\d\p{L}][\d\p{L},-]*)(?=[.!)\s]*$)/iu

/** The unit of a bare number that ends a sentence, when that or what stands close before counts as many of something; null otherwise. */
export function unitOfBareCount(before: string, sentence: string): string | null {
  const bare = BARE_END.exec(sentence)
  const count = bare?.groups?.['count']
  if (bare === null || count === undefined || readNumbers(count).length !== 1) return null
  const value = numberValue(count)
  const same = readQuantities(before + sentence.slice(0, bare.index)).find(
    (quantity) => quantity.value === value || quantity.upper === value,
  )
  return same?.unit ?? null
}

/** A statement whose last number is bare, with the unit that the text before gives it. */
export function nameBareCount(statement: string, unit: string | null): string {
  return unit !== null && BARE_END.test(statement) ? `${statement} ${unit}` : statement
}
