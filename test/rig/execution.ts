import { expect } from 'vitest'

import { StreamEvent } from '../../contract/events.ts'
import { Masterplan, type MasterplanTask } from '../../contract/masterplans.ts'
import type { SketchedPlan } from './plans.ts'
import type { Rig } from './rig.ts'
import type { Student } from './student.ts'

/** A masterplan as its owner reads it. */
export async function readPlan(student: Student, masterplan_id: string) {
  return Masterplan.parse((await student.plan('GET', masterplan_id)).body)
}

/** All tasks of a masterplan, by number. */
export async function readTasks(student: Student, masterplan_id: string): Promise<readonly MasterplanTask[]> {
  const { phases } = await readPlan(student, masterplan_id)
  const tasks = phases.flatMap(({ milestones }) => milestones.flatMap((milestone) => milestone.tasks))
  return tasks.toSorted((one, other) => one.task_number - other.task_number)
}

/** Approves a draft and has it executed. */
export async function executePlan(
  student: Student,
  { masterplan_id }: Pick<SketchedPlan, 'masterplan_id'>,
): Promise<void> {
  for (const verb of ['/approve', '/execute']) {
    const { status, body } = await student.plan('POST', masterplan_id, verb)
    expect([verb, status, body.code]).toEqual([verb, 200, undefined])
  }
}

/** All events of a masterplan up to the first end of an execution after a number. */
export async function eventsToEnd(
  student: Student,
  masterplan_id: string,
  after = 0,
): Promise<StreamEvent[]> {
  return student.planEventsUntil(
    masterplan_id,
    ({ event_type, seq }) => event_type === 'masterplan_execution_complete' && seq > after,
  )
}

/** The jobs of a masterplan and of all below it that are open. */
export async function openJobsOf(rig: Rig, { workspace_id }: SketchedPlan) {
  return rig.db.read
    .selectFrom('processing_jobs')
    .select(['kind', 'status'])
    .where('workspace_id', '=', workspace_id)
    .where('kind', '!=', 'assignment')
    .where('status', 'in', ['SUBMITTED', 'PENDING', 'RUNNING'])
    .execute()
}

/** How the attempts at a task ended, the first one first. */
export async function attemptsOf(rig: Rig, task_id: string) {
  const rows = await rig.db.read
    .selectFrom('processing_jobs')
    .select('status')
    .where('subject_id', '=', task_id)
    .where('kind', '=', 'task')
    .orderBy('attempt')
    .execute()
  return rows.map(({ status }) => status)
}

/** How many places are taken by whomever. */
export async function placesTaken(rig: Rig): Promise<number> {
  const open = rig.db.read.selectFrom('allocations').where('released_at', 'is', null)
  const { held } = await open.select((row) => row.fn.countAll<number>().as('held')).executeTakeFirstOrThrow()
  return held
}

/** The numbers of the tasks in a state. */
export function numbersIn(
  tasks: readonly Pick<MasterplanTask, 'task_number' | 'status'>[],
  ...states: readonly MasterplanTask['status'][]
): readonly number[] {
  return tasks.filter(({ status }) => states.includes(status)).map(({ task_number }) => task_number)
}

type TaskEvent = Extract<StreamEvent, { event_type: 'task_execution_progress' | 'task_execution_complete' }>

/** Whether an event tells of one task. */
export const isOfTask = (event: StreamEvent): event is TaskEvent =>
  event.event_type === 'task_execution_progress' || event.event_type === 'task_execution_complete'

/** Where the tasks of a masterplan stand after these events; those that were never told of are pending. */
export function statesAfter(events: readonly StreamEvent[]): ReadonlyMap<string, MasterplanTask['status']> {
  return new Map(events.filter(isOfTask).map(({ payload }) => [payload.task_id, payload.status]))
}

const countOf = (states: ReadonlyMap<string, string>, wanted: string): number =>
  [...states.values()].filter((state) => state === wanted).length

/**
 * Follows a stream as a client does that counts for itself: no gap, nothing twice, every counter and every percentage as
 * the events before it make them, and no task at work before all it depends on are completed.
 */
export function expectSoundExecution(events: readonly StreamEvent[], tasks: readonly MasterplanTask[]): void {
  const total_tasks = tasks.length
  const needs = new Map(tasks.map(({ task_id, depends_on_tasks }) => [task_id, depends_on_tasks]))
  const states = new Map<string, MasterplanTask['status']>()
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  for (const event of events) {
    expect(StreamEvent.safeParse(event).error).toBeUndefined()
    if (isOfTask(event)) {
      const { task_id, status } = event.payload
      if (status === 'in_progress')
        expect((needs.get(task_id) ?? []).filter((need) => states.get(need) !== 'completed')).toEqual([])
      states.set(task_id, status)
    }
    const completed_tasks = countOf(states, 'completed')
    const percent = total_tasks === 0 ? event.progress : Math.floor((completed_tasks * 100) / total_tasks)
    expect([event.seq, event.progress]).toEqual([event.seq, percent])
    if (event.event_type === 'task_execution_complete')
      expect(event.payload).toMatchObject({ completed_tasks, total_tasks })
    if (event.event_type === 'masterplan_execution_complete')
      expect(event.payload).toMatchObject({
        completed_tasks,
        failed_tasks: countOf(states, 'failed'),
        blocked_tasks: countOf(states, 'blocked'),
        skipped_tasks: countOf(states, 'skipped'),
        total_tasks,
      })
  }
}
