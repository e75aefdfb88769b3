import type { Requirement } from '../../../../contract/requirements.ts'

/** Requirements said once: a line that another one holds word for word is told by that one. */
export interface Folded {
  readonly requirements: readonly Requirement[]
  /** Ids told along with another requirement, by the id of that requirement. */
  readonly toldBy: ReadonlyMap<string, readonly string[]>
}

function fold(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `
}

function takeIn(whole: Requirement, parts: readonly Requirement[]): Requirement {
  const all = [whole, ...parts]
  const quantities = all.flatMap((one) => one.quantities)
  const keys = quantities.map(({ text, unit, bound }) => `${text} ${unit} ${bound}`)
  return {
    ...whole,
    hard: all.some(({ hard }) => hard),
    quantities: quantities.filter((_, index) => keys.indexOf(keys[index] ?? '') === index),
  }
}

/** Whether a requirement may be told by another: one that restates a criterion has its own place. */
function canFold({ criterion_id, alternative_group }: Requirement): boolean {
  return criterion_id === null && alternative_group === null
}

/** How it is graded stands apart from what binds, so it cannot tell a hard requirement of another kind. */
function canTell(whole: Requirement, part: Requirement): boolean {
  return !part.hard || whole.kind !== 'grading' || part.kind === 'grading'
}

/** Folds requirements whose words another one holds into that one; the first place of them is kept. */
export function foldParts(requirements: readonly Requirement[]): Folded {
  const words = new Map(requirements.map(({ id, statement }) => [id, fold(statement)]))
  const wordsOf = ({ id }: Requirement) => words.get(id) ?? ''
  const holds = (whole: Requirement, part: Requirement) =>
    whole !== part &&
    canFold(whole) &&
    canFold(part) &&
    canTell(whole, part) &&
    wordsOf(whole).includes(wordsOf(part))
  const place = new Map(requirements.map((one, index) => [one, index]))
  // Of two that say the same, the earlier tells the later; else the longest that holds it does.
  const teller = (part: Requirement): Requirement | undefined =>
    requirements
      .filter((whole) => holds(whole, part))
      .filter((whole) => !holds(part, whole) || (place.get(whole) ?? 0) < (place.get(part) ?? 0))
      .toSorted((a, b) => wordsOf(b).length - wordsOf(a).length)[0]
  const tellers = new Map(requirements.map((part) => [part, teller(part)]))
  const kept = requirements.filter((one) => tellers.get(one) === undefined)
  const partsOf = (whole: Requirement) => requirements.filter((part) => tellers.get(part) === whole)
  return {
    requirements: kept.map((whole) => takeIn(whole, partsOf(whole))),
    toldBy: new Map(kept.map((whole) => [whole.id, partsOf(whole).map(({ id }) => id)])),
  }
}
