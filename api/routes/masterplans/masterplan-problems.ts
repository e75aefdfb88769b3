import { allowedMoves } from '../../../contract/machines.ts'
import type { PlanState } from '../../../contract/machines/masterplan-machines.ts'
import { ApiProblem } from '../../../contract/problem.ts'
import type { PlanVerb } from '../../../contract/execution/plan-controls.ts'
import {
  findMasterplan,
  findMasterplanParts,
  type MasterplanParts,
  type MasterplanView,
} from '../../../db/read/masterplans.ts'
import type { Caller } from '../../route.ts'
import type { MasterplanDeps } from './masterplan-deps.ts'

/** The problem of a masterplan that is absent or somebody else's. */
function noMasterplan(masterplan_id: string): ApiProblem {
  return new ApiProblem(
    'NOT_FOUND',
    `You have no masterplan ${masterplan_id}. GET /masterplans lists those you have.`,
  )
}

/** The caller's own masterplan; 404 when it is absent or somebody else's. */
export async function requireMasterplan(
  { db }: Pick<MasterplanDeps, 'db'>,
  user: Caller,
  { masterplan_id }: { readonly masterplan_id: string },
): Promise<MasterplanView> {
  const view = await findMasterplan(db.read, { masterplan_id, user_id: user.sub })
  if (view === undefined) throw noMasterplan(masterplan_id)
  return view
}

/** As `requireMasterplan`, with everything in it. */
export async function requireParts(
  { db }: Pick<MasterplanDeps, 'db'>,
  user: Caller,
  { masterplan_id }: { readonly masterplan_id: string },
): Promise<MasterplanParts> {
  const parts = await findMasterplanParts(db.read, { masterplan_id, user_id: user.sub })
  if (parts === undefined) throw noMasterplan(masterplan_id)
  return parts
}

const STANDS: { readonly [S in PlanState]: string } = {
  draft: 'is a draft: it is not approved yet',
  approved: 'is approved and not executed yet',
  rejected: 'is rejected, for good',
  in_progress: 'already runs',
  paused: 'already runs and is paused',
  completed: 'is completed',
  failed: 'has failed',
  cancelled: 'is cancelled, for good',
}

const NEXT: { readonly [S in PlanState]: string } = {
  draft: 'Approve or reject it first.',
  approved: 'Execute or reject it.',
  rejected: 'Reprocess the assignment, or make a new one with POST /masterplans.',
  in_progress: 'Wait for it, pause or cancel it.',
  paused: 'Resume or cancel it.',
  completed: 'Look at it, or retry one of its failed tasks.',
  failed: 'Retry or reject it.',
  cancelled: 'Make a new one with POST /masterplans, or reprocess the assignment.',
}

/** The problem of a wish that the state of a masterplan does not admit. */
export function refuseState(status: PlanState, wish: PlanVerb | 'task retry'): ApiProblem {
  return new ApiProblem(
    'INVALID_STATE_TRANSITION',
    `No ${wish} now: the masterplan ${STANDS[status]}. ${NEXT[status]}`,
    { extras: { current_state: status, allowed: [...allowedMoves('plan', status)] } },
  )
}

/** The problem of a retry of what a newer plan has replaced. */
export function refuseOutdated(status: PlanState): ApiProblem {
  return new ApiProblem(
    'INVALID_STATE_TRANSITION',
    'The assignment was planned anew since, so nothing of this masterplan is retried. Go on with the plan that replaces it: the assignment names it once it is ready.',
    {
      extras: {
        current_state: status,
        allowed: allowedMoves('plan', status).filter((to) => to === 'rejected'),
      },
    },
  )
}

/** The problem of a wish that was meant for another version. */
export function staleMasterplan(masterplan_id: string): ApiProblem {
  return new ApiProblem(
    'STALE_VERSION',
    `The masterplan has changed since you looked: nothing was done. Read GET /masterplans/${masterplan_id} again, then send the request with its ETag and a new request id.`,
  )
}
