import type { AssignmentKey } from '../../contract/ids.ts'
import type { ReadDb } from '../open.ts'

export interface RunOwner extends AssignmentKey {
  readonly tenant_id: string
}

/** Whose run it is, by its workspace. */
export async function findRunOwner(db: ReadDb, workspace_id: string): Promise<RunOwner> {
  return db
    .selectFrom('assignment_workspaces')
    .select(['user_id', 'tenant_id', 'course_id', 'assignment_id'])
    .where('workspace_id', '=', workspace_id)
    .executeTakeFirstOrThrow()
}
