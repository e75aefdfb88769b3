import { randomUUID } from 'node:crypto'

import type { Insertable, Transaction } from 'kysely'

import type { Actor } from '../../../contract/machines.ts'
import type { DerivedMasterplan, DerivedTask } from '../../../contract/masterplan/derived-plan.ts'
import { masterplanWorkflowId } from '../../../contract/ids.ts'
import type { Database } from '../../schema.ts'
import type { MasterplanTasksTable } from '../../tables/masterplans.ts'
import { appendEvents, type NewEvent } from '../events.ts'
import { newJobId } from '../ids.ts'
import { insertPendingJob } from '../jobs.ts'
import { recordTransitions } from '../transitions.ts'
import { planEvents } from './plan-events.ts'
import { listTasks, type PlanRow } from './plan-rows.ts'

export interface MasterplanOwner {
  readonly tenant_id: string
  readonly user_id: string
  readonly workspace_id: string
  readonly generation: number
  readonly discovery_id: string
  /** The assignment's own job, above everything that is done for it. */
  readonly root_job_id: string | null
}

/** What a masterplan is made of. */
export interface NewMasterplan {
  readonly derived: DerivedMasterplan
  readonly genre: PlanRow['genre']
  readonly session_id: string | null
}

interface Cause {
  readonly actor: Actor
  readonly reason: string | null
  readonly request_id: string | null
}

/** A draft that was just written, with the event for the stream of its assignment. */
export interface InsertedMasterplan {
  readonly plan: PlanRow
  readonly told: readonly NewEvent[]
}

type Trx = Transaction<Database>

const idsOf = (slugs: readonly string[], ids: ReadonlyMap<string, string>): readonly string[] =>
  slugs.flatMap((slug) => ids.get(slug) ?? [])

/** A new id for each slug. */
const nameAll = (slugged: readonly { readonly slug: string }[]): ReadonlyMap<string, string> =>
  new Map(slugged.map(({ slug }) => [slug, randomUUID()]))

function taskRow(
  task: DerivedTask,
  place: Pick<Insertable<MasterplanTasksTable>, 'masterplan_id' | 'phase_id' | 'milestone_id'>,
  ids: ReadonlyMap<string, string>,
): Insertable<MasterplanTasksTable> {
  const { depends_on_tasks, blocks_tasks: _, validation, ...kept } = task
  return {
    ...place,
    ...kept,
    task_id: ids.get(task.slug) ?? randomUUID(),
    depends_on_tasks: idsOf(depends_on_tasks, ids),
    validation: JSON.stringify(validation),
    status: 'pending',
  }
}

async function insertParts(trx: Trx, masterplan_id: string, { phases }: DerivedMasterplan): Promise<void> {
  const milestones = phases.flatMap((phase) => phase.milestones)
  const milestoneIds = nameAll(milestones)
  const taskIds = nameAll(milestones.flatMap(({ tasks }) => tasks))
  for (const { milestones: own, phase_number, phase_type, name, description } of phases) {
    const phase_id = randomUUID()
    const phase = { phase_id, masterplan_id, phase_number, phase_type, name, description }
    await trx.insertInto('masterplan_phases').values(phase).execute()
    for (const milestone of own) {
      const { tasks, ...kept } = milestone
      const milestone_id = milestoneIds.get(milestone.slug) ?? randomUUID()
      const depends_on_milestones = idsOf(milestone.depends_on_milestones, milestoneIds)
      const place = { masterplan_id, phase_id, milestone_id }
      await trx
        .insertInto('masterplan_milestones')
        .values({ ...kept, ...place, depends_on_milestones })
        .execute()
      const rows = tasks.map((task) => taskRow(task, place, taskIds))
      if (rows.length > 0) await trx.insertInto('masterplan_tasks').values(rows).execute()
    }
  }
}

async function insertJob(
  trx: Trx,
  masterplan_id: string,
  owner: MasterplanOwner,
  cause: Cause,
): Promise<string> {
  const { root_job_id, discovery_id: _, ...common } = owner
  const job_id = newJobId()
  await insertPendingJob(
    trx,
    {
      ...common,
      job_id,
      attempt: 1,
      retry_of: null,
      kind: 'masterplan',
      parent_job_id: root_job_id,
      depth: 1,
      temporal_workflow_id: masterplanWorkflowId(masterplan_id),
      subject_id: masterplan_id,
    },
    cause,
  )
  return job_id
}

/**
 * Writes the draft of a masterplan with its phases, milestones and tasks, the job that will execute it and the first
 * event of its stream; the event for the stream of its assignment is the caller's to append.
 */
export async function insertMasterplan(
  trx: Trx,
  owner: MasterplanOwner,
  { derived, genre, session_id }: NewMasterplan,
  cause: Cause,
): Promise<InsertedMasterplan> {
  const masterplan_id = randomUUID()
  const job_id = await insertJob(trx, masterplan_id, owner, cause)
  const { root_job_id: _, ...owned } = owner
  const { phases, ...described } = derived
  const total_tasks = phases.flatMap(({ milestones }) => milestones.flatMap(({ tasks }) => tasks)).length
  const facts = { masterplan_id, job_id, genre, session_id, total_tasks, status: 'draft' } as const
  const plan = await trx
    .insertInto('masterplans')
    .values({ ...owned, ...described, ...facts })
    .returningAll()
    .executeTakeFirstOrThrow()
  await insertParts(trx, masterplan_id, derived)
  const tasks = await listTasks(trx, masterplan_id)
  const { actor, reason, request_id } = cause
  const about = { tenant_id: owner.tenant_id, actor, reason, request_id, from: null, kind: 'create' } as const
  await recordTransitions(trx, [{ ...about, machine: 'plan', entity_id: masterplan_id, to: 'draft' }])
  if (tasks.length > 0)
    await recordTransitions(
      trx,
      tasks.map(({ task_id }) => ({ ...about, machine: 'task', entity_id: task_id, to: 'pending' }) as const),
    )
  await trx.insertInto('event_streams').values({ stream_id: masterplan_id, kind: 'masterplan' }).execute()
  const told = planEvents({ plan, tasks, event: null, from: null, actor, reason })
  await appendEvents(trx, masterplan_id, told.own('1:0'))
  return { plan, told: told.ofAssignment('1:0') }
}
