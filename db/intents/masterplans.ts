import type { Transaction } from 'kysely'

import { deriveMasterplan } from '../../contract/masterplan/derive-masterplan.ts'
import { Plan } from '../../contract/plan.ts'
import { Distilled } from '../../contract/requirements.ts'
import type { PlanState } from '../../contract/machines/masterplan-machines.ts'
import type { WriteDb } from '../open.ts'
import { findArtefact } from '../read/artefacts.ts'
import type { Database } from '../schema.ts'
import { appendEvents, wakeHubs } from '../write/events.ts'
import { insertMasterplan } from '../write/masterplan/insert-masterplan.ts'
import { rootOf } from '../write/run-steps.ts'

export interface MasterplanIntent {
  readonly user_id: string
  readonly discovery_id: string
  readonly session_id: string
  readonly request_id: string | null
}

/** Why no masterplan can be made. */
export type MasterplanRefusal =
  | { readonly kind: 'absent' }
  | { readonly kind: 'no_plan' }
  | { readonly kind: 'underivable'; readonly faults: readonly string[] }

/** `existing` when the generation has one that is neither rejected nor cancelled. */
export type MasterplanOutcome =
  | { readonly kind: 'created' | 'existing'; readonly masterplan_id: string; readonly status: PlanState }
  | MasterplanRefusal

type Trx = Transaction<Database>

async function findOpen(
  trx: Trx,
  { workspace_id, generation }: { workspace_id: string; generation: number },
) {
  return trx
    .selectFrom('masterplans')
    .select(['masterplan_id', 'status'])
    .where('workspace_id', '=', workspace_id)
    .where('generation', '=', generation)
    .where('status', 'not in', ['rejected', 'cancelled'])
    .executeTakeFirst()
}

/** The masterplan of a stored plan; one that an older version stored may be none that this one would store. */
function derive(stored: unknown, genre: Distilled['genre']) {
  const plan = Plan.safeParse(stored)
  if (plan.success) return deriveMasterplan(plan.data, genre)
  const faults = plan.error.issues.map(({ message }) => `${message}.`)
  return { kind: 'refused', faults } as const
}

/** Gives a draft that came with its plan the session it is first asked for in; apart from the transaction, since the plan's lock comes before that of its workspace. */
async function adoptSession(
  db: WriteDb,
  { masterplan_id, user_id }: { readonly masterplan_id: string; readonly user_id: string },
  session_id: string,
): Promise<void> {
  await db
    .updateTable('masterplans')
    .set((plan) => ({ session_id, version: plan('version', '+', 1), updated_at: new Date() }))
    .where('masterplan_id', '=', masterplan_id)
    .where('user_id', '=', user_id)
    .where('session_id', 'is', null)
    .execute()
}

/** Makes a draft of the plan of a generation, unless it has one that still counts. */
export async function acceptMasterplan(db: WriteDb, intent: MasterplanIntent): Promise<MasterplanOutcome> {
  const { user_id, discovery_id, session_id, request_id } = intent
  const made = await db.transaction().execute(async (trx) => {
    const workspace = await trx
      .selectFrom('assignment_workspaces')
      .selectAll()
      .where('user_id', '=', user_id)
      .where('discovery_id', '=', discovery_id)
      .forUpdate()
      .executeTakeFirst()
    if (workspace === undefined) return { kind: 'absent' } as const
    const open = await findOpen(trx, workspace)
    if (open !== undefined) return { kind: 'existing', ...open } as const
    const plan = await findArtefact(trx, workspace, 'plan')
    const distilled = await findArtefact(trx, workspace, 'requirements')
    if (plan === undefined || distilled === undefined) return { kind: 'no_plan' } as const
    const { genre } = Distilled.parse(distilled.body)
    const derivation = derive(plan.body, genre)
    if (derivation.kind === 'refused') return { kind: 'underivable', faults: derivation.faults } as const
    const owner = { ...workspace, root_job_id: await rootOf(trx, workspace.job_id) }
    const { tenant_id, workspace_id, generation, root_job_id } = owner
    const draft = await insertMasterplan(
      trx,
      { tenant_id, user_id, workspace_id, generation, discovery_id, root_job_id },
      { derived: derivation.masterplan, genre, session_id },
      { actor: { type: 'user', id: user_id }, reason: null, request_id },
    )
    const { masterplan_id, status } = draft.plan
    const seq = await appendEvents(trx, workspace_id, draft.told)
    return { kind: 'created', masterplan_id, status, wake: { workspace_id, seq } } as const
  })
  if (made.kind === 'existing')
    await adoptSession(db, { masterplan_id: made.masterplan_id, user_id }, session_id)
  if (made.kind !== 'created') return made
  const { wake, ...created } = made
  await wakeHubs(db, wake.workspace_id, wake.seq)
  return created
}
