import { Context } from '@temporalio/activity'
import type { Selectable } from 'kysely'

import { bindLogger } from '../../config/logger.ts'
import { RunFailure } from '../../contract/run-errors.ts'
import { findMasterplanFacts, findTask } from '../../db/read/masterplan-facts.ts'
import type { MasterplansTable, MasterplanTasksTable } from '../../db/tables/masterplans.ts'
import { settleAttempt, submitAttempt, type TaskTry } from '../../db/write/masterplan/task-steps.ts'
import { sha256Of, type Written } from '../artefacts/artefact-root.ts'
import { breathe, type Breath } from '../breathe.ts'
import type { ActivityDeps } from '../deps.ts'
import type { PlanView, TaskWork } from './messages.ts'
import { giveUpOrThrow, toldOf } from './report-attempt.ts'
import { guideTask } from './guide-task.ts'

type PlanRow = Selectable<MasterplansTable>
type TaskRow = Selectable<MasterplanTasksTable>

/** The file a task has left is read back: what is on disk is what was written, and there is something in it. */
async function validate(deps: ActivityDeps, folder: string, written: Written): Promise<readonly string[]> {
  const bytes = await deps.artefacts.read(folder, written.path)
  if (bytes.length === 0) return [`${written.path} is empty.`]
  return sha256Of(bytes) === written.sha256 ? [] : [`${written.path} is not what was written.`]
}

async function leave(deps: ActivityDeps, plan: PlanRow, task: TaskRow, body: string): Promise<Written> {
  const { workspace_path } = plan
  const [path] = task.target_files
  if (workspace_path === null || path === undefined)
    throw new RunFailure(
      'RETRIES_EXHAUSTED',
      'This task has no place to leave its file at. Tell the operator.',
    )
  return deps.artefacts.write(workspace_path, path, body)
}

async function work(deps: ActivityDeps, tried: TaskTry, { signal }: Breath): Promise<PlanView> {
  const plan = await findMasterplanFacts(deps.db.read, tried.masterplan_id)
  const task = await findTask(deps.db.read, tried)
  const body = await guideTask(deps, { plan, task, signal })
  signal.throwIfAborted()
  const written = await leave(deps, plan, task, body)
  await submitAttempt(deps.db.write, tried)
  const validation_errors = await validate(deps, plan.workspace_path ?? '', written)
  const [fault] = validation_errors
  return settleAttempt(
    deps.db.write,
    tried,
    fault === undefined
      ? { passed: true, files: [written] }
      : { passed: false, code: 'RETRIES_EXHAUSTED', message: fault, can_help: true, validation_errors },
  )
}

/** Works at a task that is one step of a model: its file is written, read back and the task settled. */
export async function workTask(deps: ActivityDeps, input: TaskWork): Promise<PlanView> {
  const { masterplan_id, task_id, attempt, max_attempts } = input
  const tried = { masterplan_id, task_id, attempt }
  const { workflowExecution } = Context.current().info
  const logger = bindLogger(deps.logger, { workflow_id: workflowExecution?.workflowId })
  const about = { db: deps.db.write, logger, tried, max_attempts }
  return breathe(
    deps.db,
    (breath) => giveUpOrThrow(about, breath, () => work(deps, tried, breath)),
    async (error, breath) => toldOf(error, { max_attempts, ...breath }),
  )
}
