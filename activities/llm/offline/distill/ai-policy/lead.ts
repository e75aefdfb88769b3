import type { Span } from '../../text/view.ts'
import type { Force } from './force.ts'
import type { Statement } from './statement.ts'

const LISTS =
  /\b(?:uses|purposes|ways|tasks|following|to|for)(?: \w+)?(?: of AI)?(?: (?:is|are)(?: \w+)?)?:\s*$/iu
const UNKNOWN = { uses: new Set(['ideas'] as const), unsure: true }

/** What opens a list of uses that are allowed or forbidden. */
export interface Lead {
  readonly force: Force
  readonly span: Span
  /** What the lead says by itself, heard where no use is listed behind it. */
  readonly held: readonly Statement[]
}

/** Whether a sentence only opens a list of what is allowed: `You may use AI for the following:`. */
export function isOpening(told: string, statements: readonly Statement[]): boolean {
  const isBare = statements.every(({ force, uses }) => force === 'leave' && uses.size === 0)
  return statements.length > 0 && isBare && LISTS.test(told)
}

/** A lead once an item behind it was heard: what it says by itself is settled, or unsure where the item could not be read. */
export function afterItem(lead: Lead, isRead: boolean): Lead {
  return { ...lead, held: isRead ? [] : lead.held.map((one) => ({ ...one, ...UNKNOWN })) }
}
