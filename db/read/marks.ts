import type { Mark } from '../../contract/mark-plan.ts'
import type { PlanProgress } from '../../contract/marks.ts'
import type { ReadDb } from '../open.ts'

export interface KeptMark extends Mark {
  readonly request_id: string | null
}

/** All marks of a workspace, those on ids that no plan has any more too. */
export async function listMarks(
  db: Pick<ReadDb, 'selectFrom'>,
  workspace_id: string,
): Promise<readonly KeptMark[]> {
  return db
    .selectFrom('marks')
    .select(['kind', 'id', 'state', 'version', 'request_id', 'updated_at'])
    .where('workspace_id', '=', workspace_id)
    .execute()
}

/** Changes whenever the progress does: a new plan raises the generation, a mark the version. */
export function progressVersion({ generation, version }: PlanProgress): string {
  return `${generation}-${version}`
}
