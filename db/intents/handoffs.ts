import { sql, type Transaction } from 'kysely'

import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'
import type { ProjectPlan } from '../read/handoffs.ts'
import { isReplaced } from '../write/masterplan/plan-rows.ts'
import { wasMovedBy } from '../read/transitions.ts'
import type { IntentBody } from '../tables/handoffs.ts'
import { insertHandoff } from '../write/handoff/insert-handoff.ts'

type Words = Readonly<Record<string, unknown>>

export interface HandoffIntent {
  readonly tenant_id: string
  readonly user_id: string
  readonly project_id: string
  /** The masterplan that the project is; null where it is a name alone. */
  readonly plan: ProjectPlan | null
  readonly build_id: string
  readonly requirements: Words
  readonly metadata: Words
  readonly autorun: boolean
  readonly request_id: string | null
}

/** `replaced` when its masterplan was planned anew; `joined` when this very request was accepted before; `taken` when the project has another build of this name. */
export type AcceptedHandoff =
  | { readonly kind: 'created' | 'joined'; readonly workflow_id: string }
  | { readonly kind: 'taken' }
  | { readonly kind: 'replaced' }

/** Whether a plan was replaced, with the row held by which it would be: a reprocess before this has closed its builds. */
async function isGivenUp(trx: Transaction<Database>, plan: ProjectPlan): Promise<boolean> {
  await trx
    .selectFrom('assignment_workspaces')
    .select('workspace_id')
    .where('workspace_id', '=', plan.workspace_id)
    .forShare()
    .execute()
  return isReplaced(trx, plan)
}

/** Accepts a build that is its own root: it begins in discovery. */
export async function acceptHandoff(db: WriteDb, intent: HandoffIntent): Promise<AcceptedHandoff> {
  const { plan, ...wanted } = intent
  const { user_id, project_id, build_id, request_id } = wanted
  return db.transaction().execute(async (trx): Promise<AcceptedHandoff> => {
    // One start of a name at a time: the second of two alike finds the first.
    const name = JSON.stringify([user_id, project_id, build_id])
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx)
    const known = await trx
      .selectFrom('handoffs')
      .select('workflow_id')
      .where('user_id', '=', user_id)
      .where('project_id', '=', project_id)
      .where('build_id', '=', build_id)
      .executeTakeFirst()
    if (known === undefined) {
      if (plan !== null && (await isGivenUp(trx, plan))) return { kind: 'replaced' }
      const cause = { actor: { type: 'user', id: user_id }, reason: null, request_id } as const
      return { kind: 'created', workflow_id: await insertHandoff(trx, { ...wanted, task: null }, cause) }
    }
    const { workflow_id } = known
    return (await wasMovedBy(trx, {
      machine: 'handoff',
      entity_id: workflow_id,
      wish: 'start',
      request_id,
    }))
      ? { kind: 'joined', workflow_id }
      : { kind: 'taken' }
  })
}

/** Keeps what somebody asks of a build under an id, so that only that id travels; the same id twice is one wish. */
export async function keepHandoffIntent(
  db: WriteDb,
  {
    intent_id,
    workflow_id,
    body,
  }: { readonly intent_id: string; readonly workflow_id: string; readonly body: IntentBody },
): Promise<void> {
  await db
    .insertInto('handoff_intents')
    .values({ intent_id, workflow_id, kind: body.wish.kind, body: JSON.stringify(body) })
    .onConflict((clash) => clash.column('intent_id').doNothing())
    .execute()
}
