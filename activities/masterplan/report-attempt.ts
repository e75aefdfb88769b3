import type { Logger } from 'pino'

import type { RunErrorCode } from '../../contract/run-errors.ts'
import type { WriteDb } from '../../db/open.ts'
import { settleAttempt, type TaskTry } from '../../db/write/masterplan/task-steps.ts'
import type { Breath } from '../breathe.ts'
import type { ActivityDeps } from '../deps.ts'
import { describeUnknown, judgeFailure } from '../judge-failure.ts'
import { tellFailure } from '../tell-failure.ts'
import type { PlanView } from './messages.ts'

/** Ends after which the same again would end the same way. */
const FINAL: ReadonlySet<RunErrorCode> = new Set<RunErrorCode>([
  'MODEL_REFUSED',
  'BUDGET_EXCEEDED',
  'POLICY_FORBIDS_AI',
  'CANCELED',
  'TERMINATED',
  'SUPERSEDED',
])

/** Whether a new attempt at a task may end better than one that ended with this code. */
export function canHelp(code: RunErrorCode): boolean {
  return !FINAL.has(code)
}

interface Attempt {
  readonly db: WriteDb
  readonly logger: Logger
  readonly tried: TaskTry
  readonly max_attempts: number
}

/** Runs a try of an attempt; when nothing more is to be hoped for, the attempt is settled as failed. */
export async function giveUpOrThrow(
  { db, logger, tried, max_attempts }: Attempt,
  breath: Breath,
  work: () => Promise<PlanView>,
): Promise<PlanView> {
  try {
    return await work()
  } catch (error) {
    const verdict = judgeFailure({ error, max_attempts, ...breath }, breath.attempt)
    if (verdict.kind !== 'park') throw error
    const { code, message } = verdict
    logger.warn(
      { task_id: tried.task_id, code, error: describeUnknown(error) },
      'an attempt at a task failed',
    )
    const validation_errors: string[] = []
    return settleAttempt(db, tried, {
      passed: false,
      code,
      message,
      can_help: canHelp(code),
      validation_errors,
    })
  }
}

const SILENT =
  'Nobody could come to an end with this task. Retry it; if it fails again, tell the operator the job id.'

/** Settles an attempt that ended each time without a word. */
export async function abandonAttempt({ db }: Pick<ActivityDeps, 'db'>, tried: TaskTry): Promise<PlanView> {
  const verdict = { passed: false, code: 'RETRIES_EXHAUSTED', message: SILENT, can_help: true } as const
  return settleAttempt(db.write, tried, { ...verdict, validation_errors: [] })
}

/** What Temporal is told of a try that failed and is made again, or was canceled. */
export function toldOf(
  error: unknown,
  { max_attempts, ...breath }: Breath & { readonly max_attempts: number },
): unknown {
  return tellFailure(judgeFailure({ error, max_attempts, ...breath }, breath.attempt), breath.signal)
}
