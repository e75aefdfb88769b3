import type { RuleCheck } from '../../../contract/feedback.ts'
import type { Distilled, Evidence, Requirement } from '../../../contract/requirements.ts'
import type { SubmittedWork } from '../../llm/port.ts'
import type { WorkOutline } from '../work/outline-work.ts'
import type { Passage } from '../work/passage.ts'
import type { Citation } from '../work/read-citations.ts'
import type { Entry } from '../work/read-references.ts'

/** A piece of work, read once for all checks. */
export interface ReadWork {
  readonly submission: SubmittedWork
  /** The title and the genre of its assignment. */
  readonly title: string
  readonly genre: Distilled['genre']
  readonly outline: WorkOutline
  readonly references: readonly Entry[]
  readonly citations: readonly Citation[]
}

/** What a check says of a rule; null where code has nothing to say about it. */
export type Said = Pick<RuleCheck, 'outcome' | 'observation'> & {
  readonly seen?: readonly Passage[]
  /** Whether something is not there yet, which a part of the work need not have. */
  readonly lacking?: boolean
  /** The share of a count that is not there, 0 to 1. */
  readonly missing?: number
}

/** Looks at one requirement in one way; null where it is not its business. */
export type Check = (requirement: Requirement, work: ReadWork) => Said | null

export const met = (observation: string, seen: readonly Passage[] = []): Said => ({
  outcome: 'met',
  observation,
  seen,
})
/** The rule is broken by something that is there. */
export const notMet = (observation: string, seen: readonly Passage[] = []): Said => ({
  outcome: 'not_met',
  observation,
  seen,
})
/** The rule is broken by something that is not there. */
export const lacking = (observation: string): Said => ({ ...notMet(observation), lacking: true })
/** The rule is broken by a count that falls short of what is asked. */
export const short = (observation: string, count: number, asked: number): Said => ({
  ...lacking(observation),
  missing: Math.min(1, Math.max(0, 1 - count / asked)),
})
export const notAssessed = (observation: string, seen: readonly Passage[] = []): Said => ({
  outcome: 'not_assessed',
  observation,
  seen,
})

/** The words of the submission at a passage, as evidence. */
export function quoteWork({ document_id, text, pages }: SubmittedWork, { start, end }: Passage): Evidence {
  const page = pages.find((one) => start >= one.start && start < one.end)?.page ?? null
  return { document_id, quote: text.slice(start, end), start, end, page, match: 'exact' }
}
