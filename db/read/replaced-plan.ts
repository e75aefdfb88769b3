import { sql } from 'kysely'

/** Whether a newer plan of the assignment is there or being made, so that the row `masterplan` is not taken up again. */
export const isReplacedPlan = sql<boolean>`exists (
  select from assignment_workspaces as newer
  where newer.workspace_id = masterplan.workspace_id and newer.generation > masterplan.generation
    and (newer.status <> 'failed' or exists (
      select from masterplans as other
      where other.workspace_id = masterplan.workspace_id and other.generation > masterplan.generation)))`
