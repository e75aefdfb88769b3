import { ApplicationFailure } from '@temporalio/activity'

import { driveHandoff } from '../db/write/handoff/drive.ts'
import { changeHandoff } from '../db/write/handoff/handoff-change.ts'
import { HandoffGone } from '../db/write/handoff/handoff-rows.ts'
import { steerHandoff } from '../db/write/handoff/steer-handoff.ts'
import { cancelHandoff } from '../db/write/handoff/cancel-handoff.ts'
import type { ActivityDeps } from './deps.ts'
import type { HandoffActivities } from './handoff/messages.ts'
import { abandonState, workState } from './handoff/work-state.ts'

/** A build that was deleted is gone for good: nothing is tried again. */
async function unlessGone<R>(work: Promise<R>): Promise<R> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof HandoffGone)) throw error
    throw ApplicationFailure.create({ type: 'GONE', message: 'The build is gone', nonRetryable: true })
  }
}

/** Makes the activities by which builds are handed on between their roles. */
export function createHandoffActivities(deps: ActivityDeps): HandoffActivities {
  const { write } = deps.db
  return {
    take_up_handoff: ({ workflow_id }) =>
      changeHandoff(write, workflow_id, async (change) => change.view()).catch((error: unknown) => {
        if (error instanceof HandoffGone) return null
        throw error
      }),
    drive_handoff: ({ intent_id }) => unlessGone(driveHandoff(write, intent_id)),
    work_state: (work) => unlessGone(workState(deps, work)),
    abandon_state: (tried) => unlessGone(abandonState(deps, tried)),
    steer_handoff: ({ workflow_id, ...wish }) => unlessGone(steerHandoff(write, workflow_id, wish)),
    cancel_handoff: ({ workflow_id }) => unlessGone(cancelHandoff(write, workflow_id)),
  }
}
