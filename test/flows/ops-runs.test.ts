import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

import { ALL_TENANTS, SCOPES } from '../../contract/scopes.ts'
import { PLAN_STAGES } from '../../contract/stages.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { runCommand, type Said } from '../run-command.ts'
import { createTestDatabase } from '../database.ts'

const ESSAY = '2101/5101'
const BLOCKED = 'fetch_and_parse_attachments'

let rig: Rig
let student: Student
let operator: Student
let job_id: string
beforeAll(async () => {
  rig = await startRig()
  student = await rig.student()
  const { body } = await student.call('GET', '/auth/me')
  operator = await rig.operator(SCOPES, body.workspace_id)
  rig.canvas.faults.add({ kind: 'permission-403', path: '*/assignments/5101', times: 1 })
  await student.start(ESSAY)
  await student.finished(ESSAY)
  job_id = (await student.snapshot(ESSAY)).job_id
})
afterAll(() => rig[Symbol.asyncDispose]())

const ops = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> =>
  runCommand('ops/main.ts', args, {
    DATABASE_URL: rig.databaseUrl,
    WAYMARK_API: rig.origin,
    WAYMARK_TOKEN: operator.token,
    ...env,
  })

const Rows = z.array(z.record(z.string(), z.unknown()))
const rowsOf = ({ stdout }: Said) => Rows.parse(JSON.parse(stdout))

describe('npm run ops, of a run that is parked', () => {
  test('lists it, by its code too, for people and for programs', async () => {
    const all = await ops(['parked'])
    expect([all.code, all.stderr]).toEqual([0, ''])
    expect(all.stdout).toMatch(/^since +job id +kind +course id +assignment id +stage +code/)
    expect(all.stdout).toContain(job_id)
    const forbidden = rowsOf(await ops(['parked', '--code', 'CANVAS_FORBIDDEN', '--json']))
    expect(forbidden).toMatchObject([
      { job_id, kind: 'plan', stage: PLAN_STAGES[0], code: 'CANVAS_FORBIDDEN' },
    ])
    expect((await ops(['parked', '--code', 'NO_TEXT'])).stdout).toBe('No run waits for a person.\n')
  })

  test('counts it among the failures of its stage and code', async () => {
    const counted = rowsOf(await ops(['failures', '--json']))
    expect(counted).toMatchObject([
      { count: 1, kind: 'plan', code: 'CANVAS_FORBIDDEN', newest_job_id: job_id },
    ])
  })

  test('tells what happened to it in order, with who, and never the words of its events', async () => {
    const said = await ops(['run', job_id])
    expect(said.stdout).toContain(`${job_id}  plan, FAILED`)
    expect(said.stdout).toMatch(/job +SUBMITTED → PENDING +user \S+ +start\n/)
    expect(said.stdout).toMatch(/job +RUNNING → FAILED +system /)
    const moments = rowsOf(await ops(['run', job_id, '--json']))
    const times = moments.map(({ at }) => String(at))
    expect(times).toEqual(times.toSorted())
    expect(moments.map(({ told }) => told)).toContainEqual(
      expect.stringMatching(/^failed, fetch_canvas_context, failed/),
    )
  })

  test('says what a retry would run again, and changes nothing by it', async () => {
    const foreseen = rowsOf(await ops(['retry', job_id, '--dry-run', '--json']))
    const [first, ...later] = PLAN_STAGES
    expect(foreseen).toEqual([
      { part: first, state: 'failed', retry: 'runs again' },
      ...later.map((part) => ({ part, state: 'pending', retry: 'runs in its turn' })),
    ])
    expect((await student.snapshot(ESSAY)).status).toBe('failed')
  })
})

describe('npm run ops, of a run that nobody but its student can mend', () => {
  test('names the mistyped assignment and what its student does, as the API tells it, and the run still waits', async () => {
    const mistyped = await rig.student()
    await mistyped.start('2101/999999')
    await mistyped.finished('2101/999999')
    const { job_id: lost } = await mistyped.snapshot('2101/999999')
    const about = { course_id: '2101', assignment_id: '999999' }
    const next = { waits_for: 'student', next_step: expect.stringContaining('check the ids') }
    const parked = rowsOf(await ops(['parked', '--code', 'CANVAS_NOT_FOUND', '--json']))
    expect(parked).toMatchObject([{ job_id: lost, ...about, ...next }])
    const counted = rowsOf(await ops(['failures', '--json']))
    expect(counted).toContainEqual(
      expect.objectContaining({ code: 'CANVAS_NOT_FOUND', newest_job_id: lost, ...about, ...next }),
    )
    expect((await ops(['parked'])).stdout).toMatch(
      new RegExp(`${lost} +plan +2101 +999999 .* student +They check the ids`),
    )
    expect((await ops(['run', lost])).stdout).toContain('assignment 999999 of course 2101')

    const platform = await rig.operator(SCOPES, ALL_TENANTS)
    const { body } = await platform.call('GET', '/jobs?status=FAILED&kind=plan')
    expect(body.jobs).toContainEqual(expect.objectContaining({ id: lost, metadata: about }))
    const detail = await platform.call('GET', `/jobs/${lost}`)
    expect(detail.body.error).toMatchObject({
      code: 'CANVAS_NOT_FOUND',
      message: expect.stringContaining('published'),
    })
    // The contract parks whatever failed: an assignment may be published to its student later.
    const retried = await mistyped.call('POST', '/assignments/2101/999999/stages/fetch_canvas_context/retry')
    expect(retried.status).toBe(202)
    await mistyped.finished('2101/999999')
  })
})

describe('npm run ops, steering through the API', () => {
  test.each([
    [{ WAYMARK_TOKEN: '' }, 'WAYMARK_TOKEN'],
    [{ WAYMARK_TOKEN: 'made up' }, 'The access token is not one of this service'],
    [{ WAYMARK_API: 'http://127.0.0.1:1' }, 'does not answer'],
  ])('says what to set right: %j', async (env, words) => {
    const said = await ops(['retry', job_id], env)
    expect([said.code, said.stdout]).toEqual([1, ''])
    expect(said.stderr).toContain(words)
    expect(said.stderr).not.toMatch(/\n\s+at |made up/)
  })

  test('takes a parked run up again, which then comes to its end', async () => {
    const said = await ops(['retry', job_id, '--reason', 'The key is right now.'])
    expect(said.stderr).toBe('')
    expect(said.stdout).toMatch(/^It goes on as j_[0-9a-f]{12}, /)
    await student.finished(ESSAY)
    expect((await student.snapshot(ESSAY)).status).toBe('ready')
    const refused = await ops(['retry', job_id, '--dry-run'])
    const [, successor = 'none'] = /goes on as (j_[0-9a-f]{12})/.exec(said.stdout) ?? []
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining(`It went on as ${successor}.`),
    ])
    expect((await ops(['run', job_id])).stdout).toContain(`went on as ${successor}`)
    const again = await ops(['retry', job_id])
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('waits for a person')])
  })

  test('foresees the finished stages of a run that failed later as reused', async () => {
    const other = await rig.student()
    await other.start(ESSAY)
    await other.finished(ESSAY)
    const { workspace_id, job_id: done } = await other.snapshot(ESSAY)
    // As a stage leaves it that failed for good; what is asked here is only how the rows are read.
    const last_error = JSON.stringify({
      code: 'NO_TEXT',
      message: 'made up',
      stage: BLOCKED,
      retryable: false,
    })
    await rig.db.write
      .updateTable('processing_jobs')
      .set({ status: 'FAILED' })
      .where('job_id', '=', done)
      .execute()
    await rig.db.write
      .updateTable('assignment_workspaces')
      .set({ status: 'failed', last_error })
      .where('workspace_id', '=', workspace_id)
      .execute()
    expect(rowsOf(await ops(['retry', done, '--dry-run', '--json'])).slice(0, 2)).toEqual([
      { part: 'fetch_canvas_context', state: 'completed', retry: 'reused' },
      { part: BLOCKED, state: 'failed', retry: 'runs again' },
    ])
  })

  test('cancels a job with all that is open below it', async () => {
    await rig.stopWorker()
    const { body } = await operator.call('POST', '/jobs', { body: { task_description: '- One\n- Two' } })
    const canceled = await ops(['cancel', body.id, '--json'])
    expect(canceled.stderr).toBe('')
    expect(JSON.parse(canceled.stdout)).toMatchObject({ id: body.id, status: 'CANCELED' })
    expect((await ops(['cancel', body.id])).stderr).toMatch(/CANCELED|canceled/)
  })
})

describe('npm run ops, where there is nothing', () => {
  test.each([
    [['parked'], 'No run waits for a person.\n'],
    [['failures', '30'], 'Nothing failed in the last 30 days.\n'],
    [['parked', '--json'], '[]\n'],
  ])('%j says so', async (args, stdout) => {
    await using empty = await createTestDatabase()
    expect(await ops(args, { DATABASE_URL: empty.url })).toEqual({ code: 0, stdout, stderr: '' })
  })

  test.each([
    [['parked', '--code', 'NO_LUCK'], 2, 'There is no code NO_LUCK. There are '],
    [['failures', '0'], 2, 'DAYS must be a whole number'],
    [['run'], 2, 'Name the job'],
    [['cancel', 'j_0123456789ab'], 1, 'There is no job j_0123456789ab'],
  ])('%j is refused with what to do', async (args, code, words) => {
    const said = await ops(args)
    expect([said.code, said.stdout]).toEqual([code, ''])
    expect(said.stderr).toContain(words)
  })
})
