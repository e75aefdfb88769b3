import type { Transaction, Updateable } from 'kysely'

import { countTasks, currentTask, wholePercent } from '../../../contract/execution/plan-progress.ts'
import type { TaskChange } from '../../../contract/execution/task-facts.ts'
import { next, type Actor } from '../../../contract/machines.ts'
import type { PlanEvent, PlanState } from '../../../contract/machines/masterplan-machines.ts'
import type { LastError } from '../../../contract/snapshot.ts'
import type { WriteDb } from '../../open.ts'
import type { Database } from '../../schema.ts'
import type { MasterplanTasksTable } from '../../tables/masterplans.ts'
import { appendEvents, wakeHubs, type NewEvent } from '../events.ts'
import { storable } from '../storable.ts'
import { IllegalTransition, recordTransition } from '../transitions.ts'
import { planEvents, taskEvent } from './plan-events.ts'
import { viewOf, type PlanView } from './plan-view.ts'
import { listTasks, lockMasterplan, type PlanRow, type TaskRow } from './plan-rows.ts'

/** Who wanted a change, and why. */
export interface Cause {
  readonly actor: Actor
  readonly reason: string | null
  /** Names the wish: the same one twice is one change. */
  readonly change_id: string | null
  /** What was wished under that id. */
  readonly wish?: string
}

type PlanPatch = Partial<
  Pick<
    PlanRow,
    'job_id' | 'artifact_id' | 'workspace_path' | 'rejection_reason' | 'approved_by' | 'started_at'
  >
> & { readonly last_error?: LastError | null }

type TaskPatch = Omit<Updateable<MasterplanTasksTable>, 'status' | 'task_id' | 'last_error'> & {
  readonly last_error?: LastError | null
}

const EXECUTING: readonly PlanState[] = ['in_progress', 'paused']

function timesOf(status: TaskRow['status'], now: Date): TaskPatch {
  if (status === 'in_progress') return { started_at: now, failed_at: null, completed_at: null }
  if (status === 'completed' || status === 'skipped') return { completed_at: now }
  if (status === 'failed') return { failed_at: now }
  return status === 'pending' ? { started_at: null, completed_at: null, failed_at: null } : {}
}

/** One transaction on a masterplan: everything that changes in it, written with the events that tell of it. */
export class PlanChange {
  readonly trx: Transaction<Database>
  readonly #loaded: PlanRow
  #plan: PlanRow
  #tasks: readonly TaskRow[]
  readonly #own: NewEvent[] = []
  readonly #ofAssignment: NewEvent[] = []
  readonly #wakes: (readonly [stream: string, seq: number])[] = []
  #changed = false

  constructor(trx: Transaction<Database>, plan: PlanRow, tasks: readonly TaskRow[]) {
    this.trx = trx
    this.#loaded = plan
    this.#plan = plan
    this.#tasks = tasks
  }

  get plan(): PlanRow {
    return this.#plan
  }

  get tasks(): readonly TaskRow[] {
    return this.#tasks
  }

  get #version(): number {
    return this.#loaded.version + 1
  }

  /** What a run has to know of it, as this transaction leaves it. */
  view(): PlanView {
    return viewOf(
      { ...this.#plan, version: this.#changed ? this.#version : this.#loaded.version },
      this.#tasks,
    )
  }

  /** Has those who follow another stream woken after the commit. */
  wake(stream: string, seq: number): void {
    this.#wakes.push([stream, seq])
  }

  /** Takes new facts over that are no change of state. */
  patch(patch: PlanPatch): void {
    this.#plan = { ...this.#plan, ...patch }
    this.#changed = true
  }

  /** Moves the plan by an event of its machine; throws IllegalTransition when the table forbids it. */
  async move(
    event: PlanEvent,
    { actor, reason, change_id, wish }: Cause,
    patch: PlanPatch = {},
  ): Promise<void> {
    const { masterplan_id, tenant_id, status: from, started_at } = this.#plan
    const step = next('plan', from, event)
    if (step.kind === 'refused') throw new IllegalTransition('plan', from, event)
    const about = { machine: 'plan', entity_id: masterplan_id, tenant_id } as const
    const kind = step.by
    await recordTransition(this.trx, {
      ...about,
      from,
      to: step.to,
      kind,
      actor,
      reason,
      request_id: change_id,
      wish: wish ?? null,
    })
    const now = new Date()
    const isOver = !EXECUTING.includes(step.to) && EXECUTING.includes(from)
    this.patch({
      ...patch,
      ...(step.to === 'in_progress' && started_at === null ? { started_at: now } : {}),
    })
    const completed_at = isOver ? now : EXECUTING.includes(step.to) ? null : this.#plan.completed_at
    this.#plan = { ...this.#plan, status: step.to, completed_at }
    const told = planEvents({ plan: this.#counted(), tasks: this.#tasks, event, from, actor, reason })
    const position = `${this.#version}:${this.#own.length}`
    this.#own.push(...told.own(position))
    this.#ofAssignment.push(...told.ofAssignment(position))
  }

  /** Takes over what an event did to the set of tasks: rows, transitions and an event for each. */
  async applyTasks(
    changes: readonly TaskChange<TaskRow>[],
    { actor, reason, change_id, wish }: Cause,
    patches: ReadonlyMap<string, TaskPatch> = new Map(),
  ): Promise<void> {
    if (changes.length === 0) return
    const after = new Map(changes.map((change) => [change.after.task_id, change.after]))
    this.#tasks = this.#tasks.map((task) => after.get(task.task_id) ?? task)
    for (const { before, after: row, kind } of changes) {
      await this.#writeTask(row, kind === null ? {} : timesOf(row.status, new Date()), patches)
      if (kind === null) continue
      await recordTransition(this.trx, {
        machine: 'task',
        entity_id: row.task_id,
        tenant_id: this.#plan.tenant_id,
        from: before.status,
        to: row.status,
        kind,
        actor,
        reason,
        request_id: change_id,
        wish: wish ?? null,
      })
      const current = currentTask(this.#tasks)?.task_id ?? null
      const task = this.#tasks.find(({ task_id }) => task_id === row.task_id) ?? row
      const told = { plan: this.#counted(), task, current }
      this.#own.push(taskEvent(told, `${this.#version}:${this.#own.length}`))
    }
    this.#changed = true
  }

  async #writeTask(row: TaskRow, times: TaskPatch, patches: ReadonlyMap<string, TaskPatch>): Promise<void> {
    const { status, blocked_by, retry_count, manual_retries, task_id } = row
    const { last_error, ...patch } = { ...times, ...patches.get(task_id) }
    await this.trx
      .updateTable('masterplan_tasks')
      .set({
        status,
        blocked_by,
        retry_count,
        manual_retries,
        updated_at: new Date(),
        ...patch,
        ...(last_error === undefined
          ? {}
          : { last_error: last_error === null ? null : JSON.stringify(storable(last_error)) }),
      })
      .where('task_id', '=', task_id)
      .execute()
    const known = { ...patch, ...(last_error === undefined ? {} : { last_error }) }
    // What was just written is what the rest of this transaction sees.
    this.#tasks = this.#tasks.map((task) =>
      task.task_id === task_id ? ({ ...task, ...known } as TaskRow) : task,
    )
  }

  #counted(): PlanRow {
    return { ...this.#plan, ...countTasks(this.#tasks) }
  }

  /** Writes the plan itself with its counters, then the events; answers what to wake, null where nothing changed. */
  async close(): Promise<readonly (readonly [stream: string, seq: number])[]> {
    if (!this.#changed) return this.#wakes
    const plan = this.#counted()
    const { masterplan_id, status, completed_tasks, failed_tasks, skipped_tasks, blocked_tasks } = plan
    const { job_id, artifact_id, workspace_path, rejection_reason, approved_by, last_error } = plan
    const { started_at, completed_at, workspace_id } = plan
    const counters = { completed_tasks, failed_tasks, skipped_tasks, blocked_tasks }
    const facts = { job_id, artifact_id, workspace_path, rejection_reason, approved_by }
    const updated_at = new Date()
    await this.trx
      .updateTable('masterplans')
      .set({
        status,
        ...counters,
        ...facts,
        started_at,
        completed_at,
        last_error: last_error === null ? null : JSON.stringify(storable(last_error)),
        version: this.#version,
        updated_at,
      })
      .where('masterplan_id', '=', masterplan_id)
      .execute()
    await this.#showOnJob(plan, updated_at)
    const wakes = [...this.#wakes]
    if (this.#own.length > 0)
      wakes.push([masterplan_id, await appendEvents(this.trx, masterplan_id, this.#own)])
    if (this.#ofAssignment.length > 0)
      wakes.push([workspace_id, await appendEvents(this.trx, workspace_id, this.#ofAssignment)])
    return wakes
  }

  async #showOnJob(plan: PlanRow, updated_at: Date): Promise<void> {
    const progress = wholePercent(plan, plan.status)
    await this.trx
      .updateTable('processing_jobs')
      .set({ progress, updated_at })
      .where('job_id', '=', plan.job_id)
      .execute()
  }
}

/** Runs one change of a masterplan in a transaction of its own and wakes who follows it. Throws MasterplanGone. */
export async function changeMasterplan<R>(
  db: WriteDb,
  masterplan_id: string,
  work: (change: PlanChange) => Promise<R>,
): Promise<R> {
  const { result, wakes } = await db.transaction().execute(async (trx) => {
    const plan = await lockMasterplan(trx, masterplan_id)
    const change = new PlanChange(trx, plan, await listTasks(trx, masterplan_id))
    const result = await work(change)
    return { result, wakes: await change.close() }
  })
  for (const [stream, seq] of wakes) await wakeHubs(db, stream, seq)
  return result
}
