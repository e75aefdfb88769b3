import { findBuildOutcome } from '../../db/read/build-outcome.ts'
import { cancelHandoff } from '../../db/write/handoff/cancel-handoff.ts'
import { settleAttempt, submitAttempt, type Verdict } from '../../db/write/masterplan/task-steps.ts'
import type { ActivityDeps } from '../deps.ts'
import type { BuildWork, PlanView } from './messages.ts'
import { canHelp } from './report-attempt.ts'

const CUT_SHORT = 'The work at this task was ended from outside before it came to an end. Retry the task.'

/** Settles an attempt at a task as the build that worked it ended; one that was cut short counts as failed. */
export async function settleBuild(
  { db }: Pick<ActivityDeps, 'db'>,
  { workflow_id, ...tried }: BuildWork,
): Promise<PlanView> {
  const outcome = await findBuildOutcome(db.read, workflow_id)
  if (outcome.kind === 'open') await cancelHandoff(db.write, workflow_id)
  const settle = (verdict: Verdict): Promise<PlanView> => settleAttempt(db.write, tried, verdict)
  if (outcome.kind === 'complete') {
    await submitAttempt(db.write, tried)
    return settle({ passed: true, files: outcome.files })
  }
  if (outcome.kind !== 'failed')
    return settle({
      passed: false,
      code: 'TERMINATED',
      message: CUT_SHORT,
      can_help: false,
      validation_errors: [],
    })
  const { code, message } = outcome.error ?? { code: 'RETRIES_EXHAUSTED' as const, message: CUT_SHORT }
  const validation_errors = outcome.failed_checks
  return settle({ passed: false, code, message, can_help: canHelp(code), validation_errors })
}
