import type { Transaction } from 'kysely'

import type { Actor } from '../../contract/machines.ts'
import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'
import { cancelHandoff, cancelHandoffs } from '../write/handoff/cancel-handoff.ts'
import type { HandoffCause } from '../write/handoff/handoff-change.ts'
import { causeOfEnd, type OutsideEnd } from './outside-ends.ts'

/** Stops a build whose run was ended in Temporal, behind our back; one that has ended by now stays as it is. */
export async function closeEndedHandoff(db: WriteDb, workflow_id: string, end: OutsideEnd): Promise<void> {
  await cancelHandoff(db, workflow_id, causeOfEnd(end))
}

/** Stops a build in the name of whoever wanted it; one that has ended by now stays as it is. Throws HandoffGone. */
export async function closeHandoff(db: WriteDb, workflow_id: string, by: HandoffCause): Promise<void> {
  await cancelHandoff(db, workflow_id, by)
}

export interface Closing {
  readonly workspace_id: string
  readonly actor: Actor
  readonly request_id: string | null
}

/**
 * Stops every build that was started for a masterplan of an assignment and is its own root, since a reprocess has taken
 * the plan away. Answers their streams to wake, with their newest numbers: their runs are for the caller to end.
 */
export async function closeProjectHandoffs(
  trx: Transaction<Database>,
  { workspace_id, actor, request_id }: Closing,
): Promise<readonly (readonly [workflow_id: string, seq: number])[]> {
  const plans = await trx
    .selectFrom('masterplans')
    .select(['masterplan_id', 'user_id'])
    .where('workspace_id', '=', workspace_id)
    .execute()
  const [plan] = plans
  if (plan === undefined) return []
  const projects = plans.map(({ masterplan_id }) => masterplan_id)
  const open = await trx
    .selectFrom('handoffs as build')
    .innerJoin('processing_jobs as job', 'job.job_id', 'build.job_id')
    .select('build.workflow_id')
    .where('build.user_id', '=', plan.user_id)
    .where('project_id', 'in', projects)
    .where('build.task_id', 'is', null)
    .where((row) =>
      // One that stopped on an error waits for a person, who could still take it up.
      row.or([row('job.status', 'in', ['PENDING', 'RUNNING']), row('build.state', '=', 'error')]),
    )
    .where('job.status', '<>', 'CANCELED')
    .orderBy('build.workflow_id')
    .execute()
  const ids = open.map(({ workflow_id }) => workflow_id)
  return cancelHandoffs(trx, ids, { actor, reason: 'Its assignment is planned anew.', request_id })
}
