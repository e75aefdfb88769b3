import type { LastError } from '../contract/snapshot.ts'
import type { Stage } from '../contract/stages.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import type { StageTry } from '../db/write/run-steps.ts'
import type { StageResult } from '../db/write/stages.ts'

/** How the state of one kind of run is read and written; each write is fenced and may be repeated. */
export interface StageRecords<S extends Stage> {
  /** Whether the result of the stage is stored: then it is not worked at again. */
  readonly isDone: (db: ReadDb, step: StageTry<S>) => Promise<boolean>
  readonly begin: (db: WriteDb, step: StageTry<S>) => Promise<void>
  readonly complete: (db: WriteDb, step: StageTry<S>, result: StageResult) => Promise<void>
  /** Writes down that the stage is given up. */
  readonly park: (db: WriteDb, step: StageTry<S>, error: LastError) => Promise<void>
}
