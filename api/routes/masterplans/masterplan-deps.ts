import type { OpenDatabase } from '../../../db/open.ts'
import type { EventsHandler } from '../../events/handler.ts'
import type { MasterplanRuns } from '../../../runs/masterplan-runs.ts'

/** What the masterplan routes work with. */
export interface MasterplanDeps {
  readonly db: OpenDatabase
  readonly runs: MasterplanRuns
  readonly streamEvents: EventsHandler
  /** The bytes of an artefact; undefined where the file is not there. */
  readonly readArtefact: (folder: string, path: string) => Promise<Uint8Array | undefined>
  /** Throws PartAway when Temporal does not answer: asked before anything is written. */
  readonly checkTemporal: () => Promise<void>
}
