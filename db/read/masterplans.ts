import { sql, type Selectable } from 'kysely'

import { masterplanRun, planRun } from '../../contract/run-budget.ts'
import type { ReadDb } from '../open.ts'
import type {
  MasterplanMilestonesTable,
  MasterplanPhasesTable,
  MasterplansTable,
  MasterplanTasksTable,
} from '../tables/masterplans.ts'

interface Key {
  readonly masterplan_id: string
  readonly user_id: string
}

/** What calls to models have cost; null where none had a price. */
export interface Spent {
  readonly cost_micro_usd: number | null
  readonly tokens: number
}

type Queries = Pick<ReadDb, 'selectFrom'>

const selectPlans = (db: Queries) =>
  db
    .selectFrom('masterplans as plan')
    .innerJoin('assignment_workspaces as workspace', 'workspace.workspace_id', 'plan.workspace_id')
    .innerJoin('event_streams as stream', 'stream.stream_id', 'plan.masterplan_id')
    .selectAll('plan')
    .select(['workspace.course_id', 'workspace.assignment_id', 'stream.last_seq'])

/** A masterplan with where it belongs and the newest number of its stream. */
export type MasterplanView = Selectable<MasterplansTable> & {
  readonly course_id: string
  readonly assignment_id: string
  readonly last_seq: number
}

/** A user's own masterplan as it stands; undefined when it is absent or somebody else's. */
export async function findMasterplan(db: Queries, key: Key): Promise<MasterplanView | undefined> {
  return selectPlans(db)
    .where('plan.masterplan_id', '=', key.masterplan_id)
    .where('plan.user_id', '=', key.user_id)
    .executeTakeFirst()
}

/** Whether a newer masterplan of its assignment is there, after which nobody takes this one up again. */
export async function hasSuccessor(
  db: Queries,
  { workspace_id, generation }: Pick<MasterplanView, 'workspace_id' | 'generation'>,
): Promise<boolean> {
  const newer = await db
    .selectFrom('masterplans')
    .select('masterplan_id')
    .where('workspace_id', '=', workspace_id)
    .where('generation', '>', generation)
    .limit(1)
    .executeTakeFirst()
  return newer !== undefined
}

export interface MasterplanParts {
  readonly plan: MasterplanView
  readonly phases: readonly Selectable<MasterplanPhasesTable>[]
  readonly milestones: readonly Selectable<MasterplanMilestonesTable>[]
  readonly tasks: readonly Selectable<MasterplanTasksTable>[]
  readonly spent: {
    readonly planning: Spent
    readonly execution: Spent
    readonly by_task: ReadonlyMap<string, Spent>
  }
  /** Which model drafted the plan. */
  readonly drafted_by: string | null
}

const cost = sql<number | null>`sum(call.cost_micro_usd)::bigint`.as('cost_micro_usd')
const tokens = sql<number>`coalesce(sum(call.input_tokens + call.output_tokens), 0)::bigint`.as('tokens')

async function spentIn(db: Queries, run: string): Promise<Spent> {
  return db
    .selectFrom('llm_calls as call')
    .select([cost, tokens])
    .where('call.run', '=', run)
    .executeTakeFirstOrThrow()
}

async function spentByTask(db: Queries, masterplan_id: string): Promise<ReadonlyMap<string, Spent>> {
  const rows = await db
    .selectFrom('llm_calls as call')
    .innerJoin('processing_jobs as job', 'job.job_id', 'call.job_id')
    .leftJoin('handoffs as build', 'build.workflow_id', 'job.subject_id')
    .innerJoin('masterplan_tasks as task', (join) =>
      join.on((on) => on('task.task_id', '=', on.fn.coalesce('build.task_id', 'job.subject_id'))),
    )
    .select(['task.task_id', cost, tokens])
    .where('task.masterplan_id', '=', masterplan_id)
    .groupBy('task.task_id')
    .execute()
  return new Map(rows.map(({ task_id, ...spent }) => [task_id, spent]))
}

async function findDrafter(
  db: Queries,
  { workspace_id, generation }: MasterplanView,
): Promise<string | null> {
  const row = await db
    .selectFrom('artefacts')
    .select(sql<string | null>`provenance ->> 'model'`.as('model'))
    .where('workspace_id', '=', workspace_id)
    .where('generation', '=', generation)
    .where('kind', '=', 'draft')
    .executeTakeFirst()
  return row?.model ?? null
}

/** Everything in a user's own masterplan at one moment; undefined when it is absent or somebody else's. */
export async function findMasterplanParts(db: ReadDb, key: Key): Promise<MasterplanParts | undefined> {
  const reading = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  return reading.execute(async (trx) => {
    const plan = await findMasterplan(trx, key)
    if (plan === undefined) return undefined
    const { masterplan_id } = key
    const phases = trx.selectFrom('masterplan_phases').where('masterplan_id', '=', masterplan_id)
    const milestones = trx.selectFrom('masterplan_milestones').where('masterplan_id', '=', masterplan_id)
    const tasks = trx.selectFrom('masterplan_tasks').where('masterplan_id', '=', masterplan_id)
    return {
      plan,
      phases: await phases.selectAll().orderBy('phase_number').execute(),
      milestones: await milestones.selectAll().orderBy('milestone_number').execute(),
      tasks: await tasks.selectAll().orderBy('task_number').execute(),
      spent: {
        planning: await spentIn(trx, planRun(plan)),
        execution: await spentIn(trx, masterplanRun(masterplan_id)),
        by_task: await spentByTask(trx, masterplan_id),
      },
      drafted_by: await findDrafter(trx, plan),
    }
  })
}
