import { ApplicationFailure } from '@temporalio/activity'

import type { LastError } from '../contract/snapshot.ts'
import type { Stage } from '../contract/stages.ts'
import { RUN_ERRORS, type RunErrorCode } from '../contract/run-errors.ts'
import { RunParked, RunSuperseded } from '../db/write/fence.ts'
import type { StageTry } from '../db/write/run-steps.ts'
import type { ActivityDeps } from './deps.ts'
import { describeUnknown, judgeFailure, STORE_AWAY, type FailedTry } from './judge-failure.ts'
import type { StageRecords } from './stage-records.ts'

function parkedFailure(code: RunErrorCode): ApplicationFailure {
  return ApplicationFailure.create({
    type: code,
    message: RUN_ERRORS[code].title,
    nonRetryable: true,
    details: ['parked'],
  })
}

function supersededFailure(): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'SUPERSEDED',
    message: RUN_ERRORS.SUPERSEDED.title,
    nonRetryable: true,
  })
}

interface Reporting<S extends Stage> extends Pick<ActivityDeps, 'db' | 'logger'> {
  readonly park: StageRecords<S>['park']
}

/**
 * Turns any failure of a try into what Temporal is told: a code and a fixed title. The words for the person, which may
 * name a file or quote a policy, go into our own database only, together with the state of the run.
 */
export async function reportFailure<S extends Stage>(
  deps: Reporting<S>,
  step: StageTry<S>,
  failed: FailedTry,
): Promise<unknown> {
  const verdict = judgeFailure(failed, step.attempt)
  const about = { stage: step.stage, attempt: step.attempt }
  if (verdict.kind === 'canceled') return failed.signal.reason
  if (verdict.kind === 'superseded') return supersededFailure()
  if (verdict.kind === 'parked') return parkedFailure(verdict.code)
  const error = describeUnknown(failed.error)
  if (verdict.kind === 'park') {
    const { code, message } = verdict
    deps.logger.warn({ ...about, code, error }, 'a run is parked')
    return park(deps, step, { code, message, stage: step.stage, retryable: RUN_ERRORS[code].retryable })
  }
  const { type, message, after_ms } = verdict
  deps.logger.warn({ ...about, type, error }, 'a try of a stage failed')
  return ApplicationFailure.create({
    type,
    message,
    ...(after_ms === undefined ? {} : { nextRetryDelay: after_ms }),
  })
}

async function park<S extends Stage>(
  deps: Reporting<S>,
  step: StageTry<S>,
  error: LastError,
): Promise<unknown> {
  try {
    await deps.park(deps.db.write, step, error)
    return parkedFailure(error.code)
  } catch (cause) {
    if (cause instanceof RunSuperseded) return supersededFailure()
    if (cause instanceof RunParked) return parkedFailure(cause.code)
    deps.logger.error({ stage: step.stage, error: describeUnknown(cause) }, 'a run could not be parked yet')
    return ApplicationFailure.create({
      type: STORE_AWAY,
      message: 'The failure could not be written down yet',
    })
  }
}
