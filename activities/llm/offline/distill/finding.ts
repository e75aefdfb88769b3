import type { Quantity, Requirement } from '../../../../contract/requirements.ts'
import type { Span } from '../text/view.ts'

/** A requirement found at one place of one document, before restated ones are merged and ids are given. */
export interface Finding {
  readonly document_id: string
  /** Raw spans of the document: the demand itself, then the lead it stands under, if any. */
  readonly spans: readonly [Span, ...Span[]]
  readonly kind: Requirement['kind']
  readonly modality: Requirement['modality']
  readonly statement: string
  /** How much hangs on it: whether its words bind expressly, and whether a condition stands before it. */
  readonly weight: 'firm' | 'plain' | 'conditional'
  readonly quantities: readonly Quantity[]
  /** Names the group of options it belongs to; unique within a run. */
  readonly group: string | null
  readonly criterion_id: string | null
  /** Whether it stands in a list that sums up what was said before. */
  readonly recap?: boolean
}
