import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import {
  assignmentWorkflowId,
  feedbackWorkflowId,
  handoffWorkflowId,
  jobWorkflowId,
  masterplanWorkflowId,
} from '../../contract/ids.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { Build } from '../rig/build.ts'
import { acceptedJob, endedJob } from '../rig/jobs.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { turn } from '../streams/read-stream.ts'

const ESSAY = '2101/5101'
const PRESENTATION = '2103/5104'
const TEXT = 'Reform came when delay cost more than filters.'

let rig: Rig
beforeAll(async () => {
  rig = await startRig({ env: { RECONCILE_SECONDS: '1' } })
})
afterAll(() => rig[Symbol.asyncDispose]())

/** One run of each kind at work while no worker is there. */
interface Runs {
  readonly student: Student
  readonly workflowIds: readonly string[]
  readonly feedback: string
  readonly masterplan: string
  readonly job: string
  readonly build: Build
}

async function runsWithoutWorker(): Promise<Runs> {
  const student = await rig.operator(SCOPES)
  const { user_id } = student
  await student.connectCanvas(rig.canvas.origin, 'sandbox~maya-okafor~student')
  const masterplan = await student.draft(PRESENTATION)
  await student.plan('POST', masterplan, '/approve')
  await student.plan('POST', masterplan, '/execute')
  await student.plan('POST', masterplan, '/pause')
  rig.canvas.faults.add({ kind: 'slow', ms: 120_000, path: '*/assignments/5101' })
  await student.start(ESSAY)
  await student.eventsUntil(ESSAY, ({ event_type }) => event_type === 'stage_started')
  await rig.killWorker()
  rig.canvas.faults.clear()
  const feedback = String((await student.sendWork(PRESENTATION, TEXT)).body.job_id)
  const job = await acceptedJob(student, 'Book a room')
  const build = await Build.start(student, { autorun: true })
  const [course_id = '', assignment_id = ''] = ESSAY.split('/')
  const workflowIds = [
    assignmentWorkflowId({ user_id, course_id, assignment_id }),
    feedbackWorkflowId(feedback),
    masterplanWorkflowId(masterplan),
    jobWorkflowId(job),
    handoffWorkflowId(build.id),
  ]
  return { student, workflowIds, feedback, masterplan, job, build }
}

/** Lets the time pass that a run may be silent. */
async function age({ user_id }: Student): Promise<void> {
  for (const table of ['assignment_workspaces', 'processing_jobs', 'masterplans', 'handoffs'])
    await sql`update ${sql.table(table)} set updated_at = updated_at - interval '1 minute'
      where user_id = ${user_id}`.execute(rig.db.write)
}

const terminate = (id: string) => rig.temporal.workflow.getHandle(id).terminate('by hand')

/** Puts a run in the place of another that may take a second, as somebody at the command line would. */
async function timeOut(workflowId: string): Promise<void> {
  const handle = rig.temporal.workflow.getHandle(workflowId)
  const { type, taskQueue, memo = {} } = await handle.describe()
  await handle.terminate('to be started with a limit')
  const limit = { workflowRunTimeout: '1 second', memo } as const
  await rig.temporal.workflow.start(type, { workflowId, taskQueue, args: [], ...limit })
  while ((await handle.describe()).status.name === 'RUNNING') await turn()
  expect((await handle.describe()).status.name).toBe('TIMED_OUT')
}

async function reasonsOf({ user_id }: Student): Promise<readonly string[]> {
  const { rows } = await sql<{ kind: string; reason: string }>`
    select job.kind, transition.reason from transitions transition join processing_jobs job on job.job_id = entity_id
    where machine = 'job' and job.user_id = ${user_id} and transition.actor_id = 'temporal'
    order by job.kind`.execute(rig.db.write)
  return [...new Set(rows.map(({ kind, reason }) => `${kind}: ${reason}`))]
}

describe.each([
  ['runs that were terminated in Temporal', terminate, 'Its run was terminated in Temporal: “by hand”.'],
  [
    'Recovery: supervisor timeout → TERMINATED: runs that timed out in Temporal',
    timeOut,
    'Its run timed out in Temporal.',
  ],
] as const)('%s', (_, end, reason) => {
  test('are closed with that reason, of each kind: rows, stream, workers and places', async () => {
    const runs = await runsWithoutWorker()
    const { student, feedback, masterplan, job, build } = runs
    for (const id of runs.workflowIds) await end(id)
    await age(student)
    await rig.startWorker()

    expect((await student.finished(ESSAY)).at(-1)).toMatchObject({
      event_type: 'failed',
      payload: { code: 'TERMINATED' },
    })
    expect(await student.snapshot(ESSAY)).toMatchObject({
      status: 'failed',
      last_error: { code: 'TERMINATED', message: expect.stringContaining(reason) },
    })
    expect(await student.feedback(PRESENTATION, feedback)).toMatchObject({
      status: 'canceled',
      error: { code: 'TERMINATED' },
    })
    await student.executed(masterplan)
    expect((await student.plan('GET', masterplan)).body.status).toBe('cancelled')
    expect(await endedJob(student, job)).toMatchObject({ status: 'CANCELED', error: { message: reason } })
    const events = await build.eventsUntil(({ event_type }) => event_type === 'workflow_failed')
    expect(events.at(-1)).toMatchObject({ status: 'canceled' })

    const kinds = (await reasonsOf(student)).map((told) => told.split(/: (.*)/u))
    expect(new Set(kinds.map(([, told]) => told))).toEqual(new Set([reason]))
    const closed = ['plan', 'assignment_feedback', 'masterplan', 'submitted', 'workflow']
    expect(kinds.map(([kind]) => kind)).toEqual(expect.arrayContaining(closed))
    const { body } = await student.call('GET', '/supervisor/workers?status=RUNNING')
    expect(body.workers.filter(({ kind }: { kind: string }) => kind !== 'assignment')).toEqual([])
    const ended = await student.call('GET', '/supervisor/workers?status=TERMINATED&limit=100')
    const terminated = ended.body.workers.map(({ kind }: { kind: string }) => kind)
    expect(terminated).toEqual(expect.arrayContaining(closed))
    const { usage } = (await student.call('GET', '/resources/usage')).body
    expect(usage.map(({ allocated }: { allocated: number }) => allocated)).toEqual([0, 0, 0, 0, 0, 0])
  }, 120_000)
})

test('places of a job that was closed without its run are free again after the next round', async () => {
  const student = await rig.operator(SCOPES)
  const id = await acceptedJob(student, 'Book a room')
  await endedJob(student, id)
  await sql`update allocations set released_at = null where job_id = ${id}`.execute(rig.db.write)
  const held = async (): Promise<number> =>
    (await student.call('GET', '/resources/usage')).body.usage[0].allocated
  while ((await held()) > 0) await turn()
  const { rows } = await sql`select from allocations where job_id = ${id} and released_at is null`.execute(
    rig.db.write,
  )
  expect(rows).toEqual([])
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
