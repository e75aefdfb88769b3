import { findMasterplanFacts } from '../../db/read/masterplan-facts.ts'
import { findReason } from '../../db/read/reasons.ts'
import { changePlan } from '../../db/write/masterplan/change-plan.ts'
import { retryFailedTask } from '../../db/write/masterplan/retry-task.ts'
import type { ActivityDeps } from '../deps.ts'
import { prepareFolder } from './artefact-folder.ts'
import type { ChangeMessage, PlanOutcome, TaskRetryMessage, TaskRetryOutcome } from './messages.ts'

async function causeOf(
  { db }: ActivityDeps,
  { actor, reason_id, change_id }: Pick<ChangeMessage, 'actor' | 'reason_id' | 'change_id'>,
) {
  return { actor, reason: await findReason(db.read, reason_id), change_id }
}

/** Carries out what somebody wishes of a masterplan. Throws MasterplanGone. */
export async function changeMasterplan(deps: ActivityDeps, message: ChangeMessage): Promise<PlanOutcome> {
  const { masterplan_id, verb, expected_versions } = message
  const cause = await causeOf(deps, message)
  const wish = { masterplan_id, cause, expected_versions }
  if (verb !== 'execute' && verb !== 'retry') return changePlan(deps.db.write, { ...wish, verb })
  const { slug } = await findMasterplanFacts(deps.db.read, masterplan_id)
  const folder = await prepareFolder(deps, { masterplan_id, slug })
  return changePlan(deps.db.write, { ...wish, verb, folder })
}

/** Has a failed task of a masterplan tried again. Throws MasterplanGone. */
export async function retryMasterplanTask(
  deps: ActivityDeps,
  message: TaskRetryMessage,
): Promise<TaskRetryOutcome> {
  const { masterplan_id, task_id } = message
  return retryFailedTask(deps.db.write, { masterplan_id, task_id, cause: await causeOf(deps, message) })
}
