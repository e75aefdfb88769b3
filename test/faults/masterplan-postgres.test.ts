import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { clearLockedPorts } from 'get-port'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { migrateUp } from '../../db/migrate.ts'
import { startPostgres, type Postgres } from '../../stack/postgres.ts'
import { openTestDatabase } from '../database.ts'
import {
  attemptsOf,
  eventsToEnd,
  executePlan,
  expectSoundExecution,
  isOfTask,
  openJobsOf,
  placesTaken,
  readPlan,
  readTasks,
} from '../rig/execution.ts'
import { sketchPlan } from '../rig/plans.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import { openStream, turn } from '../streams/read-stream.ts'

let folder: string
let postgres: Postgres
let rig: Rig

async function start(port?: number): Promise<Postgres> {
  const preferred = port === undefined ? {} : { port }
  return startPostgres({ dataDir: folder, ...preferred, durable: true, say: () => undefined })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-faults-masterplan-'))
  postgres = await start()
  await using db = openTestDatabase(postgres.url)
  await migrateUp(db.write)
  rig = await startRig({
    databaseUrl: postgres.url,
    env: { STAGE_MAX_ATTEMPTS: '20', RECONCILE_SECONDS: '3600' },
  })
})

afterAll(async () => {
  await rig[Symbol.asyncDispose]()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

test('PostgreSQL killed under a task at work: the plan comes to its end, with no attempt more and no event less', async () => {
  const student = await rig.student(null)
  const plan = await sketchPlan(rig, student, [[], [1], [], [3], [4], [5]])
  await plan.obstruct(1)
  await executePlan(student, plan)
  const headers = { authorization: `Bearer ${student.token}` }
  using reader = await openStream(`${rig.origin}/masterplans/${plan.masterplan_id}/events?after=0`, {
    headers,
  })
  await student.planEventsUntil(
    plan.masterplan_id,
    (event) =>
      isOfTask(event) && event.payload.task_id === plan.task(3) && event.payload.status === 'completed',
  )
  process.kill(postgres.child.pid, 'SIGKILL')
  await postgres.child.exited
  const { status, body } = await student.plan('POST', plan.masterplan_id, '/pause')
  expect([status, body.code]).toEqual([503, 'SERVICE_UNAVAILABLE'])
  await plan.clear(1)
  while (!(await rig.logs()).includes('terminating connection')) await turn()

  // The very port it had, which this process would not hand out again so soon.
  clearLockedPorts()
  postgres = await start(Number(new URL(postgres.url).port))
  const events = await eventsToEnd(student, plan.masterplan_id)
  await reader.until(({ events: seen }) => seen.length === events.length)
  expect(reader.events.map(({ data }) => data)).toEqual(events)
  const tasks = await readTasks(student, plan.masterplan_id)
  expectSoundExecution(events, tasks)
  expect(await readPlan(student, plan.masterplan_id)).toMatchObject({
    status: 'completed',
    completed_tasks: 6,
  })
  for (const { task_id, retry_count } of tasks) {
    expect(retry_count).toBe(0)
    expect(await attemptsOf(rig, task_id)).toEqual(['COMPLETED'])
  }
  expect(await openJobsOf(rig, plan)).toEqual([])
  expect(await placesTaken(rig)).toBe(0)
}, 120_000)
