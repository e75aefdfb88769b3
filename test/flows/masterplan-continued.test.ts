import { afterAll, beforeAll, expect, inject, test } from 'vitest'

import { masterplanWorkflowId } from '../../contract/ids.ts'
import { startTemporal, type Temporal } from '../../stack/temporal.ts'
import { executionsOf } from '../faults/history.ts'
import {
  attemptsOf,
  eventsToEnd,
  executePlan,
  expectSoundExecution,
  readPlan,
  readTasks,
} from '../rig/execution.ts'
import { sketchPlan } from '../rig/plans.ts'
import { startRig, type Rig } from '../rig/rig.ts'

/** After so many events the server asks a run to go on as a new one; thousands by default. */
const EVENTS = 120

let temporal: Temporal
let rig: Rig

beforeAll(async () => {
  temporal = await startTemporal({
    namespace: inject('temporalNamespace'),
    ui: false,
    dynamicConfig: [`limit.historyCount.suggestContinueAsNew=${EVENTS}`],
    env: process.env,
    say: () => undefined,
  })
  rig = await startRig({ temporalAddress: temporal.address, env: { RECONCILE_SECONDS: '3600' } })
})

afterAll(async () => {
  await rig[Symbol.asyncDispose]()
  await temporal.stop()
})

test('an execution whose history grows goes on as a new run: no task is lost or done twice, and wishes reach it', async () => {
  const student = await rig.student(null)
  const waits = Array.from({ length: 30 }, (_, index) => (index % 3 === 2 ? [index] : []))
  const plan = await sketchPlan(rig, student, waits)
  await executePlan(student, plan)
  await student.planEventsUntil(
    plan.masterplan_id,
    (event) => event.event_type === 'task_execution_complete' && event.payload.completed_tasks === 12,
  )
  for (const verb of ['/pause', '/resume'])
    expect((await student.plan('POST', plan.masterplan_id, verb)).status).toBe(200)
  const events = await eventsToEnd(student, plan.masterplan_id)
  const tasks = await readTasks(student, plan.masterplan_id)
  expectSoundExecution(events, tasks)
  expect(await readPlan(student, plan.masterplan_id)).toMatchObject({
    status: 'completed',
    completed_tasks: 30,
  })
  for (const { task_id } of tasks) expect(await attemptsOf(rig, task_id)).toEqual(['COMPLETED'])

  const workflowId = masterplanWorkflowId(plan.masterplan_id)
  const handle = rig.temporal.workflow.getHandle(workflowId)
  await handle.result()
  const { historyLength } = await handle.describe()
  // It drains before it goes on: what is at work then may add a few dozen events more.
  expect(historyLength).toBeLessThan(2 * EVENTS)
  // The list of runs lags behind.
  await expect.poll(() => executionsOf(rig, workflowId), { timeout: 20_000 }).toBeGreaterThanOrEqual(2)
})
