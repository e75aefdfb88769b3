import type { OpenDatabase } from '../../../db/open.ts'
import type { EventsHandler } from '../../events/handler.ts'
import type { HandoffRuns } from '../../../runs/handoff-runs.ts'

/** What the hand-off routes work with. */
export interface HandoffDeps {
  readonly db: OpenDatabase
  readonly runs: HandoffRuns
  readonly streamEvents: EventsHandler
  /** Throws PartAway when Temporal does not answer: asked before anything is written. */
  readonly checkTemporal: () => Promise<void>
}
