import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'

import { handoffWorkflowId } from '../../../contract/ids.ts'
import { HANDOFF } from '../../../contract/machines/handoff-machine.ts'
import { STATE_DUTIES } from '../../../contract/roles.ts'
import type { Database } from '../../schema.ts'
import { appendEvents } from '../events.ts'
import { newJobId } from '../ids.ts'
import { insertPendingJob } from '../jobs.ts'
import { storable } from '../storable.ts'
import { recordTransition } from '../transitions.ts'
import type { HandoffCause } from './handoff-change.ts'
import { handoffEvent } from './handoff-events.ts'

type Words = Readonly<Record<string, unknown>>

export interface NewHandoff {
  readonly tenant_id: string
  readonly user_id: string
  readonly project_id: string
  readonly build_id: string
  readonly autorun: boolean
  readonly requirements: Words
  readonly metadata: Words
  /** The task it works at, in its place in the tree of jobs; null for a build that is its own root. */
  readonly task: {
    readonly masterplan_id: string
    readonly task_id: string
    readonly workspace_id: string
    readonly generation: number
    readonly job_id: string
    /** Of the job of the task. */
    readonly depth: number
    readonly workspace_path: string | null
  } | null
}

// A root has depth 0, and a build that was started through the API is its own root (contract §6, §7).
const ROOT_DEPTH = 0

/** Writes a build that begins in discovery, the job that works it and the first event of its stream; answers its id. */
export async function insertHandoff(
  trx: Transaction<Database>,
  build: NewHandoff,
  { actor, reason, request_id }: HandoffCause,
): Promise<string> {
  const { tenant_id, user_id, project_id, build_id, autorun, task } = build
  const workflow_id = randomUUID()
  const job_id = newJobId()
  const { masterplan_id = null, task_id = null, workspace_id = null, generation = 1 } = task ?? {}
  const owner = { tenant_id, user_id, workspace_id, generation }
  const depth = task === null ? ROOT_DEPTH : task.depth + 1
  const place = { parent_job_id: task?.job_id ?? null, depth, attempt: 1, retry_of: null }
  const temporal_workflow_id = handoffWorkflowId(workflow_id)
  const job = {
    ...owner,
    ...place,
    job_id,
    kind: 'workflow',
    temporal_workflow_id,
    subject_id: workflow_id,
  } as const
  await insertPendingJob(trx, job, { actor, request_id })
  const about = { workflow_id, ...owner, project_id, build_id, masterplan_id, task_id, job_id, autorun }
  const row = await trx
    .insertInto('handoffs')
    .values({
      ...about,
      requirements: JSON.stringify(storable(build.requirements)),
      metadata: JSON.stringify(storable(build.metadata)),
      state: HANDOFF.initial,
      workspace_path: task?.workspace_path ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const entity = { machine: 'handoff', entity_id: workflow_id, tenant_id } as const
  const start = {
    from: null,
    to: HANDOFF.initial,
    kind: 'create',
    actor,
    reason,
    request_id,
    wish: 'start',
  } as const
  await recordTransition(trx, { ...entity, ...start })
  await trx.insertInto('event_streams').values({ stream_id: workflow_id, kind: 'workflow' }).execute()
  const to_role = STATE_DUTIES[HANDOFF.initial].actor
  const move = { by: 'create', from: null, to: HANDOFF.initial, from_role: null, to_role } as const
  const handoff = { ...row, job_status: 'PENDING', depth, is_paused: false } as const
  const told = handoffEvent({ handoff, move, attempt: 1, actor, reason, job_id }, 'created')
  await appendEvents(trx, workflow_id, [told])
  return workflow_id
}
