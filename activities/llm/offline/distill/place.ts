import type { Block } from '../text/parse-blocks.ts'
import type { Span } from '../text/view.ts'
import type { Trade } from './classify-kind.ts'
import type { Lead } from './read-leads.ts'
import type { RunIn } from './run-in.ts'
import type { SectionRole } from './section-role.ts'

/** The lead a block stands under: what it says, where it stands and the name of its option group. */
export interface OpenLead {
  readonly lead: Lead
  readonly span: Span
  readonly group: string
}

/** A block and what its surroundings say about it. */
export interface Place {
  readonly document_id: string
  /** Its path ends with the title that stands at its head, if any. */
  readonly block: Block
  readonly role: SectionRole
  readonly under: OpenLead | null
  readonly opening: RunIn
  /** Whether another item of its list asks for something. */
  readonly siblings: boolean
  /** The titles above it, innermost last, without that of the document. */
  readonly titles: readonly string[]
  /** What sort of document it stands in: a specification describes a program instead of asking for it. */
  readonly trade: Trade
  /** Whether a list follows it. */
  readonly beforeList: boolean
}
