import type { Selectable } from 'kysely'

import type { AssignmentKey } from '../../contract/ids.ts'
import type { PlanState } from '../../contract/machines/masterplan-machines.ts'
import type { Snapshot } from '../../contract/snapshot.ts'
import type { ReadDb } from '../open.ts'
import type { AssignmentWorkspacesTable, ProcessingJobsTable } from '../schema.ts'

export interface WorkspaceView extends Selectable<AssignmentWorkspacesTable> {
  readonly last_seq: number
  readonly job_status: ProcessingJobsTable['status']
  readonly job_attempt: number
  /** The newest masterplan of this generation. */
  readonly masterplan_id: string | null
  readonly masterplan_status: PlanState | null
}

const selectViews = (db: ReadDb) =>
  db
    .selectFrom('assignment_workspaces as workspace')
    .innerJoin('event_streams as stream', 'stream.stream_id', 'workspace.workspace_id')
    .innerJoin('processing_jobs as job', 'job.job_id', 'workspace.job_id')
    .leftJoinLateral(
      (row) =>
        row
          .selectFrom('masterplans')
          .select(['masterplans.masterplan_id', 'masterplans.status'])
          .whereRef('masterplans.workspace_id', '=', 'workspace.workspace_id')
          .whereRef('masterplans.generation', '=', 'workspace.generation')
          .orderBy('masterplans.created_at', 'desc')
          .limit(1)
          .as('masterplan'),
      (join) => join.onTrue(),
    )
    .selectAll('workspace')
    .select(['stream.last_seq', 'job.status as job_status', 'job.attempt as job_attempt'])
    .select(['masterplan.masterplan_id', 'masterplan.status as masterplan_status'])

/** The workspace of one user's assignment with its newest job and event number; undefined before the first start. */
export async function findWorkspace(db: ReadDb, key: AssignmentKey): Promise<WorkspaceView | undefined> {
  return selectViews(db)
    .where('workspace.user_id', '=', key.user_id)
    .where('workspace.course_id', '=', key.course_id)
    .where('workspace.assignment_id', '=', key.assignment_id)
    .executeTakeFirst()
}

/** A workspace by its id, whoever's it is; undefined when it is not there. */
export async function findWorkspaceById(
  db: ReadDb,
  workspace_id: string,
): Promise<WorkspaceView | undefined> {
  return selectViews(db).where('workspace.workspace_id', '=', workspace_id).executeTakeFirst()
}

/** The workspace as clients see it. */
export function toSnapshot(view: WorkspaceView): Snapshot {
  const { workspace_id, course_id, assignment_id, status, stage, progress, message, paused } = view
  const { generation, reprocess, job_id, discovery_id, last_error } = view
  return {
    workspace_id,
    course_id,
    assignment_id,
    status,
    stage,
    progress,
    message,
    paused,
    generation,
    reprocess,
    job_id,
    discovery_id,
    masterplan_id: view.masterplan_id,
    masterplan_status: view.masterplan_status,
    plan_ready: status === 'ready',
    last_error,
    last_event_id: view.last_seq,
    created_at: view.created_at.toISOString(),
    updated_at: view.updated_at.toISOString(),
  }
}

/** Changes whenever the snapshot does. */
export function snapshotVersion(view: WorkspaceView): string {
  return `${view.generation}-${view.version}-${view.last_seq}`
}

interface QuietPage {
  /** Silent since then. */
  readonly before: Date
  /** The last run of the page before. */
  readonly after?: WorkspaceView | undefined
  readonly limit: number
}

/** Runs that should be under way but have shown no sign of it for a while, page by page, oldest first. */
export async function findQuietRuns(
  db: ReadDb,
  { before, after, limit }: QuietPage,
): Promise<WorkspaceView[]> {
  const quiet = selectViews(db)
    .where('workspace.status', '=', 'running')
    .where('workspace.updated_at', '<', before)
    .orderBy('workspace.updated_at')
    .orderBy('workspace.workspace_id')
    .limit(limit)
  if (after === undefined) return quiet.execute()
  const { updated_at, workspace_id } = after
  return quiet
    .where((eb) =>
      eb(
        eb.refTuple('workspace.updated_at', 'workspace.workspace_id'),
        '>',
        eb.tuple(updated_at, workspace_id),
      ),
    )
    .execute()
}
