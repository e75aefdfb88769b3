import { setTimeout as delay } from 'node:timers/promises'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { MasterplanFiles } from '../../contract/masterplans.ts'
import {
  eventsToEnd,
  executePlan,
  expectSoundExecution,
  isOfTask,
  openJobsOf,
  placesTaken,
  readPlan,
  readTasks,
  statesAfter,
} from '../rig/execution.ts'
import { sketchPlan, type SketchedPlan, type Waits } from '../rig/plans.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { openStream, type Message } from '../streams/read-stream.ts'

const WATCHERS = 20
/** How soon a client whose stream broke off asks again. */
const AGAIN_MS = 100
/** Fifty tasks in chains of five. */
const FIFTY: Waits = Array.from({ length: 50 }, (_, index) => (index % 5 === 0 ? [] : [index]))

let rig: Rig
let student: Student

beforeAll(async () => {
  rig = await startRig({
    env: { STREAMS_PER_USER: '30', STAGE_MAX_ATTEMPTS: '20', RECONCILE_SECONDS: '3600' },
  })
  student = await rig.student(null)
})

afterAll(() => rig[Symbol.asyncDispose]())

const streamOf = ({ masterplan_id }: SketchedPlan): string =>
  `${rig.origin}/masterplans/${masterplan_id}/events?after=0`

/** Follows a stream to the end of the execution as a browser does: whenever it breaks off, on from the last id. */
async function watch(
  plan: SketchedPlan,
): Promise<{ readonly events: readonly Message[]; readonly breaks: number }> {
  const events: Message[] = []
  const isOver = () => events.some(({ event }) => event === 'masterplan_execution_complete')
  const authorization = `Bearer ${student.token}`
  let breaks = -1
  while (!isOver()) {
    const last = events.at(-1)?.id
    const headers = { authorization, ...(last === undefined ? {} : { 'last-event-id': String(last) }) }
    const reader = await openStream(streamOf(plan), { headers }).catch(() => undefined)
    if (reader?.status !== 200) {
      reader?.[Symbol.dispose]()
      await delay(AGAIN_MS)
      continue
    }
    using open = reader
    breaks += 1
    const isEnough = () => open.events.some(({ event }) => event === 'masterplan_execution_complete')
    await Promise.race([open.until(isEnough).catch(() => undefined), open.closed])
    events.push(...open.events)
  }
  return { events, breaks }
}

const untilCompleted = (plan: SketchedPlan, count: number) =>
  student.planEventsUntil(
    plan.masterplan_id,
    (event) => event.event_type === 'task_execution_complete' && event.payload.completed_tasks === count,
  )

/** What is left of a plan, but for what each execution names and times anew. */
async function outcomeOf({ masterplan_id }: SketchedPlan) {
  const { status, progress_percent, completed_tasks, failed_tasks } = await readPlan(student, masterplan_id)
  const tasks = (await readTasks(student, masterplan_id)).map((task) => [
    task.slug,
    task.status,
    task.modified_files,
    task.validation_passed,
    task.retry_count,
    task.manual_retries,
    task.last_error,
  ])
  const { files } = MasterplanFiles.parse((await student.plan('GET', masterplan_id, '/files')).body)
  const left = files.map(({ path, sha256, bytes }) => [path, sha256, bytes].join(' ')).toSorted()
  return { status, progress_percent, completed_tasks, failed_tasks, tasks, left }
}

/** How often each task was moved to completed. */
async function completionsOf({ task_ids }: SketchedPlan): Promise<readonly number[]> {
  const rows = await rig.db.read
    .selectFrom('transitions')
    .select(['entity_id', (row) => row.fn.countAll<number>().as('times')])
    .where('machine', '=', 'task')
    .where('to_state', '=', 'completed')
    .where('entity_id', 'in', task_ids)
    .groupBy('entity_id')
    .execute()
  return rows.map(({ times }) => times)
}

describe('a worker killed in the middle of a plan of 50 tasks', () => {
  test('another one brings it to the end of an undisturbed run: no task done twice, no event lost or doubled', async () => {
    const undisturbed = await sketchPlan(rig, student, FIFTY)
    await executePlan(student, undisturbed)
    await eventsToEnd(student, undisturbed.masterplan_id)

    const plan = await sketchPlan(rig, student, FIFTY)
    await executePlan(student, plan)
    const watching = watch(plan)
    await untilCompleted(plan, 12)
    await rig.killWorker()
    const atDeath = await readPlan(student, plan.masterplan_id)
    expect(atDeath.status).toBe('in_progress')
    expect(atDeath.completed_tasks).toBeLessThan(50)
    await rig.startWorker()

    const events = await eventsToEnd(student, plan.masterplan_id)
    const tasks = await readTasks(student, plan.masterplan_id)
    expectSoundExecution(events, tasks)
    expect((await watching).events.map(({ data }) => data)).toEqual(events)
    expect(await completionsOf(plan)).toEqual(Array.from({ length: 50 }, () => 1))
    expect(await outcomeOf(plan)).toEqual(await outcomeOf(undisturbed))
    expect(await openJobsOf(rig, plan)).toEqual([])
    expect(await placesTaken(rig)).toBe(0)
  }, 120_000)
})

describe(`the API restarted while ${WATCHERS} clients watch`, () => {
  test('M31 A client that reconnects sees the true state and every missed event', async () => {
    const plan = await sketchPlan(rig, student, FIFTY)
    // The first task is at work until the API is back: nothing is over before somebody had to reconnect.
    await plan.obstruct(1)
    await executePlan(student, plan)
    const watching = Array.from({ length: WATCHERS }, () => watch(plan))
    await untilCompleted(plan, 10)
    await rig.killApi()
    await rig.startApi()
    await plan.clear(1)
    const seen = await Promise.all(watching)
    const events = await eventsToEnd(student, plan.masterplan_id)
    expectSoundExecution(events, await readTasks(student, plan.masterplan_id))
    for (const { events: own, breaks } of seen) {
      expect(breaks).toBe(1)
      expect(own.map(({ data }) => data)).toEqual(events)
    }
  }, 120_000)

  test('M31 one that knows nothing gets the state first, and what follows it', async () => {
    const plan = await sketchPlan(rig, student, [[], [1], []])
    await plan.obstruct(1)
    await executePlan(student, plan)
    await untilCompleted(plan, 1)
    const headers = { authorization: `Bearer ${student.token}` }
    using reader = await openStream(streamOf(plan).replace('?after=0', ''), { headers })
    const snapshot = await reader.untilMessage('snapshot')
    expect(snapshot.data).toMatchObject({ status: 'in_progress', completed_tasks: 1, total_tasks: 3 })
    await plan.clear(1)
    await reader.until(({ events }) => events.some(({ event }) => event === 'masterplan_execution_complete'))
    const events = await eventsToEnd(student, plan.masterplan_id)
    const later = events.filter(({ seq }) => seq > (snapshot.id ?? 0))
    expect(reader.events.map(({ data }) => data)).toEqual(later)
    expect([...statesAfter(later.filter(isOfTask)).values()]).toEqual(['completed', 'completed'])
  })
})
