import type { ReadDb } from '../open.ts'

/** A masterplan that is being executed or paused, as far as its run is concerned. */
export interface QuietMasterplan {
  readonly masterplan_id: string
  readonly job_id: string
  readonly user_id: string
  readonly course_id: string
  readonly generation: number
  readonly updated_at: Date
}

interface Page {
  readonly before: Date
  readonly after: QuietMasterplan | undefined
  readonly limit: number
}

/** Executions that have shown no sign for a while, page by page, oldest first. */
export async function findQuietMasterplans(
  db: ReadDb,
  { before, after, limit }: Page,
): Promise<QuietMasterplan[]> {
  const quiet = db
    .selectFrom('masterplans as plan')
    .innerJoin('assignment_workspaces as workspace', 'workspace.workspace_id', 'plan.workspace_id')
    .select(['plan.masterplan_id', 'plan.job_id', 'plan.user_id', 'plan.generation', 'plan.updated_at'])
    .select('workspace.course_id')
    .where('plan.status', 'in', ['in_progress', 'paused'])
    .where('plan.updated_at', '<', before)
    .orderBy('plan.updated_at')
    .orderBy('plan.masterplan_id')
    .limit(limit)
  if (after === undefined) return quiet.execute()
  return quiet
    .where((eb) =>
      eb(
        eb.refTuple('plan.updated_at', 'plan.masterplan_id'),
        '>',
        eb.tuple(after.updated_at, after.masterplan_id),
      ),
    )
    .execute()
}
