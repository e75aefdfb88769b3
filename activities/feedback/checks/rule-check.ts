import type { RuleCheck } from '../../../contract/feedback.ts'
import type { Evidence, Quantity, Requirement } from '../../../contract/requirements.ts'
import type { SubmittedWork } from '../../llm/port.ts'
import type { Citation } from '../work/read-citations.ts'
import type { Passage, WorkOutline } from '../work/outline-work.ts'

/** A piece of work, read once for all checks. */
export interface ReadWork {
  readonly submission: SubmittedWork
  readonly outline: WorkOutline
  readonly references: readonly Passage[]
  readonly citations: readonly Citation[]
}

/** What a check says of a rule; null where code has nothing to say about it. */
export type Said = Pick<RuleCheck, 'outcome' | 'observation'> & { readonly seen?: readonly Passage[] }

/** Looks at one requirement in one way; null where it is not its business. */
export type Check = (requirement: Requirement, work: ReadWork) => Said | null

export const met = (observation: string, seen: readonly Passage[] = []): Said => ({
  outcome: 'met',
  observation,
  seen,
})
export const notMet = (observation: string, seen: readonly Passage[] = []): Said => ({
  outcome: 'not_met',
  observation,
  seen,
})
export const notAssessed = (observation: string): Said => ({ outcome: 'not_assessed', observation })

/** The words of the submission at a passage, as evidence. */
export function quoteWork({ document_id, text, pages }: SubmittedWork, { start, end }: Passage): Evidence {
  const page = pages.find((one) => start >= one.start && start < one.end)?.page ?? null
  return { document_id, quote: text.slice(start, end), start, end, page, match: 'exact' }
}

const SLACK = 0.1

/** The least and the most a quantity lets pass; a plain or rough count gives a tenth either way. */
export function boundsOf({ value, upper, bound }: Quantity): readonly [least: number, most: number] {
  if (bound === 'at_least') return [value, Number.POSITIVE_INFINITY]
  if (bound === 'at_most') return [0, value]
  if (bound === 'range') return [value, upper ?? value]
  return [Math.floor(value * (1 - SLACK)), Math.ceil(value * (1 + SLACK))]
}

const grouped = new Intl.NumberFormat('en-US')

/** A count as a person reads it: `1,800`. */
export function say(count: number): string {
  return grouped.format(count)
}

/** A count with its noun: `1 heading`, `2 headings`. */
export function sayMany(count: number, noun: string, plural = `${noun}s`): string {
  return `${say(count)} ${count === 1 ? noun : plural}`
}
