import { isGivenUp } from '../../contract/run-errors.ts'
import { PLAN_STAGES, type PlanStage } from '../../contract/stages.ts'
import type { WriteDb } from '../open.ts'
import { appendEvents, newEvent, wakeHubs } from '../write/events.ts'
import type { RunRef } from '../write/fence.ts'
import { changeWorkspace, envelope, type StopCause } from '../write/run-steps.ts'
import { sayEnd } from '../write/say-end.ts'

const NEXT = 'If you still want the plan, reprocess the assignment.'
const USUAL = `This run was given up. ${NEXT}`

interface ParkedRun extends RunRef {
  readonly stage: PlanStage | null
}

/**
 * Writes down that a run which waits for a person is waited for no more, and tells its student why; its job stays
 * failed, with what it failed of. False where it waits no more or was given up before.
 */
export async function giveUpRun(db: WriteDb, run: ParkedRun, by: StopCause): Promise<boolean> {
  const { workspace_id, generation, job_id } = run
  const stage = run.stage ?? PLAN_STAGES[0]
  const seq = await db.transaction().execute(async (trx) => {
    const workspace = await trx
      .selectFrom('assignment_workspaces')
      .selectAll()
      .where('workspace_id', '=', workspace_id)
      .where('generation', '=', generation)
      .where('job_id', '=', job_id)
      .where('status', '=', 'failed')
      .forUpdate()
      .executeTakeFirst()
    if (workspace === undefined || isGivenUp(workspace.last_error)) return null
    const message = sayEnd(USUAL, { what: 'this run', next: NEXT }, by)
    const last_error = { code: 'TERMINATED', message, stage, retryable: false } as const
    await changeWorkspace(trx, workspace, { message, last_error: JSON.stringify(last_error) })
    const shown = envelope({ ...run, stage, attempt: 0 }, 'canceled', workspace.progress, message)
    const payload = { code: last_error.code, retryable: last_error.retryable }
    return appendEvents(trx, workspace_id, [newEvent('failed', payload, shown, `${job_id}:given_up`)])
  })
  if (seq !== null) await wakeHubs(db, workspace_id, seq)
  return seq !== null
}
