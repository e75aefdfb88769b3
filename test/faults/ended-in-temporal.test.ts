import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { handoffWorkflowId, jobWorkflowId } from '../../contract/ids.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { Build } from '../rig/build.ts'
import { acceptedJob, endedJob } from '../rig/jobs.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { turn } from '../streams/read-stream.ts'

let rig: Rig
let operator: Student

beforeAll(async () => {
  rig = await startRig({ env: { RECONCILE_SECONDS: '1' } })
  operator = await rig.operator(SCOPES)
})
afterAll(() => rig[Symbol.asyncDispose]())

/** Ends a run as somebody at Temporal Web UI can: at once, or by "start workflow like this one" with a limit of time. */
async function endRun(workflowId: string, end: 'terminated' | 'timed_out'): Promise<void> {
  const handle = rig.temporal.workflow.getHandle(workflowId)
  if (end === 'terminated') await handle.terminate('an operator at the command line')
  else {
    const { type, taskQueue } = await handle.describe()
    const { events } = await handle.fetchHistory()
    const started = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? []
    const args = started.map(({ data }) => JSON.parse(Buffer.from(data ?? []).toString()) as unknown)
    const policies = { workflowIdConflictPolicy: 'TERMINATE_EXISTING' } as const
    const limits = { workflowId, taskQueue, workflowRunTimeout: '1 second' } as const
    await rig.temporal.workflow.start(type, { ...limits, ...policies, args })
  }
  while ((await rig.temporal.workflow.getHandle(workflowId).describe()).status.name === 'RUNNING')
    await turn()
}

describe.each([
  ['terminated', 'Its run was terminated in Temporal.'],
  ['timed_out', 'Its run timed out in Temporal.'],
] as const)('a run that was %s in Temporal', (end, reason) => {
  test('closes its submitted job as TERMINATED with that reason', async () => {
    await rig.stopWorker()
    const job_id = await acceptedJob(operator, 'Read the brief')
    await endRun(jobWorkflowId(job_id), end)
    await sql`update processing_jobs set updated_at = updated_at - interval '10 minutes'
      where job_id = ${job_id}`.execute(rig.db.write)
    await rig.startWorker()
    const job = await endedJob(operator, job_id)
    expect(job).toMatchObject({ status: 'CANCELED', error: { code: 'TERMINATED', message: reason } })
    expect(job.state_history[0]).toMatchObject({ to_state: 'CANCELED', reason, actor: { id: 'temporal' } })
  })

  test('stops its build with that reason, and the stream ends as canceled', async () => {
    await rig.stopWorker()
    const build = await Build.start(operator, { autorun: true })
    await endRun(handoffWorkflowId(build.id), end)
    await sql`update handoffs set updated_at = updated_at - interval '10 minutes'
      where workflow_id = ${build.id}`.execute(rig.db.write)
    await rig.startWorker()
    const events = await build.eventsUntil(({ event_type }) => event_type === 'workflow_failed')
    expect(events.at(-1)).toMatchObject({ status: 'canceled' })
    const moved = await rig.db.read
      .selectFrom('transitions')
      .innerJoin('handoffs', 'handoffs.job_id', 'transitions.entity_id')
      .select(['transitions.to_state', 'transitions.reason', 'transitions.actor_id'])
      .where('handoffs.workflow_id', '=', build.id)
      .orderBy('transitions.seq', 'desc')
      .executeTakeFirstOrThrow()
    expect(moved).toEqual({ to_state: 'CANCELED', reason, actor_id: 'temporal' })
  })
})

test('the schedule is made again where it was deleted, and brought up to date, when an API starts', async () => {
  await rig.schedule.delete()
  await rig.stopApi()
  await rig.startApi({ RECONCILE_SECONDS: '7' })
  const { spec, policies } = await rig.schedule.describe()
  expect([spec.intervals?.[0]?.every, policies.overlap]).toEqual([7_000, 'SKIP'])
  await rig.stopApi()
  await rig.startApi()
  expect((await rig.schedule.describe()).spec.intervals?.[0]?.every).toBe(1_000)
})
