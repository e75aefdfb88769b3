import { createHash, randomUUID } from 'node:crypto'

import { next } from '../../../contract/machines.ts'
import { ApiProblem } from '../../../contract/problem.ts'
import { keepReason } from '../../../db/intents/reasons.ts'
import type { MasterplanParts, MasterplanView } from '../../../db/read/masterplans.ts'
import { toMasterplan } from '../../../db/read/present-masterplan.ts'
import { wasMovedBy } from '../../../db/read/transitions.ts'
import type { PlanVerb } from '../../../contract/execution/plan-controls.ts'
import { readIfMatch } from '../../if-match.ts'
import type { Caller, Handler, HandlerRequest } from '../../route.ts'
import type { MasterplanDeps } from './masterplan-deps.ts'
import {
  requireParts,
  refuseOutdated,
  refuseState,
  requireMasterplan,
  staleMasterplan,
} from './masterplan-problems.ts'

interface Asked {
  readonly params: { readonly masterplan_id: string }
  readonly user: Caller
  readonly requestId: string | null
  readonly ctx: HandlerRequest<'approveMasterplan'>['ctx']
}

/** The masterplan as it is now, with its version. */
export async function masterplanAnswer(
  deps: Pick<MasterplanDeps, 'db'>,
  user: Caller,
  masterplan_id: string,
) {
  const parts = await requireParts(deps, user, { masterplan_id })
  return { status: 200, body: toMasterplan(parts), etag: versionTag(parts) } as const
}

const DIGITS_OF_COSTS = 12

/** The version of a masterplan, and beside it what it has cost: calls are booked without a change of the plan. */
function versionTag({ plan, spent }: MasterplanParts): string {
  const { planning, execution, by_task } = spent
  const costs = JSON.stringify([planning, execution, [...by_task].toSorted(([a], [b]) => (a < b ? -1 : 1))])
  return `${plan.version}.${createHash('sha256').update(costs).digest('hex').slice(0, DIGITS_OF_COSTS)}`
}

/** The versions of a plan in the ETags a wish is meant for: what it cost meanwhile stands against none. */
function readVersions(header: string): readonly string[] | null {
  return readIfMatch(header)?.map((tag) => tag.replace(/\.[0-9a-f]+$/, '')) ?? null
}

/** Refuses what cannot be before a worker is asked for it. */
function refuseEarly(view: MasterplanView, verb: PlanVerb, expected: readonly string[] | null): void {
  if (next('plan', view.status, verb).kind === 'refused') throw refuseState(view.status, verb)
  const isStale = expected !== null && !expected.includes(String(view.version))
  if (isStale) throw staleMasterplan(view.masterplan_id)
}

/** Puts a wish to the run of a masterplan; throws ApiProblem (400, 404, 412, 503). */
async function change(
  deps: MasterplanDeps,
  { params, user, requestId, ctx }: Asked,
  verb: PlanVerb,
  reason: string | undefined,
): Promise<MasterplanView> {
  const view = await requireMasterplan(deps, user, params)
  const { masterplan_id, workspace_id } = view
  ctx.state['jobId'] = view.job_id
  const expected = readVersions(ctx.get('If-Match'))
  // The first answer may have been lost although the wish was carried out.
  const wished = { machine: 'plan', entity_id: masterplan_id, wish: verb, request_id: requestId } as const
  if (await wasMovedBy(deps.db.read, wished)) return view
  refuseEarly(view, verb, expected)
  const reason_id = reason === undefined ? null : await keepReason(deps.db.write, workspace_id, reason)
  const actor = { type: 'user', id: user.sub } as const
  const change_id = requestId ?? randomUUID()
  const wish = { masterplan_id, verb, actor, reason_id, change_id, expected_versions: expected }
  const outcome = await deps.runs.change(view, wish)
  if (outcome?.kind === 'stale') throw staleMasterplan(masterplan_id)
  if (outcome?.kind === 'outdated') throw refuseOutdated(outcome.status)
  const now = await requireMasterplan(deps, user, params)
  if (outcome === null) throw refuseState(now.status, verb)
  if (outcome.kind === 'refused') throw refuseState(outcome.status, verb)
  return now
}

interface AskedWithReason extends Asked {
  readonly body: { readonly request_id?: string | undefined; readonly reason?: string | undefined }
}

/** Changes a masterplan by one of the verbs that answer with the whole of it. */
export function createChange(deps: MasterplanDeps, verb: PlanVerb) {
  return async (request: AskedWithReason) => {
    const { masterplan_id } = await change(deps, request, verb, request.body.reason)
    return masterplanAnswer(deps, request.user, masterplan_id)
  }
}

/** Rejects a masterplan, with the reason that the next draft will be told. */
export function createReject(deps: MasterplanDeps): Handler<'rejectMasterplan'> {
  return async (request) => {
    const { masterplan_id } = await change(deps, request, 'reject', request.body.rejection_reason)
    return masterplanAnswer(deps, request.user, masterplan_id)
  }
}

/** What a person is told of an execution that was begun, and may have come to its end by now. */
function wordsOf({ masterplan_id, total_tasks, status, last_error }: MasterplanView): string {
  if (status === 'failed' && last_error !== null)
    return `The execution began and cannot go on. ${last_error.message}`
  return `The execution has begun: ${total_tasks} tasks. Follow GET /masterplans/${masterplan_id}/events.`
}

/** Begins to execute an approved masterplan. */
export function createExecute(deps: MasterplanDeps): Handler<'executeMasterplan'> {
  return async (request) => {
    const view = await change(deps, request, 'execute', undefined)
    const { masterplan_id, artifact_id, workspace_path, total_tasks, last_error, status } = view
    // Its folder is ours to provide; whatever else ends an execution is in the plan itself.
    const hasFolder = status !== 'failed' || last_error?.code !== 'RETRIES_EXHAUSTED'
    if (artifact_id === null || workspace_path === null || !hasFolder) {
      throw new ApiProblem('SERVICE_UNAVAILABLE', last_error?.message ?? 'The execution did not begin.', {
        retryAfterSeconds: 10,
      })
    }
    const body = {
      masterplan_id,
      status: 'in_progress' as const,
      workspace_id: artifact_id,
      workspace_path,
      total_tasks,
      message: wordsOf(view),
    }
    return { status: 200, body }
  }
}
