import type { Selectable, Transaction } from 'kysely'

import type { RunErrorCode } from '../../contract/run-errors.ts'
import type { Stage } from '../../contract/stages.ts'
import type { AssignmentWorkspacesTable, Database } from '../schema.ts'

/** What every write of a run carries: a run of an older generation, or under an older job, can write nothing. */
export interface RunRef {
  readonly workspace_id: string
  readonly generation: number
  readonly job_id: string
}

/** The run was replaced while it still breathed; nothing was written. */
export class RunSuperseded extends Error {
  override readonly name = 'RunSuperseded'
}

/** The run was already given up by an earlier try of the same stage; nothing was written. */
export class RunParked extends Error {
  override readonly name = 'RunParked'
  readonly code: RunErrorCode
  readonly stage: Stage | null

  constructor(code: RunErrorCode, stage: Stage | null) {
    super(`the run is parked with ${code}`)
    this.code = code
    this.stage = stage
  }
}

export type FencedWorkspace = Selectable<AssignmentWorkspacesTable>

/** Locks the workspace row if the run still owns it; throws RunSuperseded or RunParked. */
export async function fenceRun(trx: Transaction<Database>, run: RunRef): Promise<FencedWorkspace> {
  const workspace = await trx
    .selectFrom('assignment_workspaces')
    .selectAll()
    .where('workspace_id', '=', run.workspace_id)
    .where('generation', '=', run.generation)
    .where('job_id', '=', run.job_id)
    .forUpdate()
    .executeTakeFirst()
  if (workspace === undefined) throw new RunSuperseded('another run took the place of this one')
  if (workspace.status === 'failed') {
    throw new RunParked(workspace.last_error?.code ?? 'TERMINATED', workspace.last_error?.stage ?? null)
  }
  return workspace
}
