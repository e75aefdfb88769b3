import type { Quantity } from '../../../../contract/requirements.ts'
import type { Modality } from './modality.ts'

/** A clause of a block, with what the clauses before it said. */
export interface Clause {
  readonly text: string
  /** The sentence it is cut from. */
  readonly whole: string
  readonly isFirst: boolean
  /** Whether it hangs on the clause before it. */
  readonly linked: boolean
  /** Whether the clause before it holds only if this is done. */
  readonly conditions: boolean
  readonly quantities: readonly Quantity[]
  /** How the clause before it binds. */
  readonly held: Modality | null
  /** Whether the sentence before it asked for something, which `It` then speaks of. */
  readonly follows: boolean
}
