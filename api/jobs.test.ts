import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { JobList } from '../contract/jobs.ts'
import { SCOPES } from '../contract/scopes.ts'
import { insertPendingJob, moveJobFrom } from '../db/write/jobs.ts'
import { newJobId } from '../db/write/ids.ts'
import { JobClient, UNKNOWN_JOB } from '../test/job-client.ts'
import { joinWith } from '../test/members.ts'
import { serveApi, type Member, type TestApi } from '../test/serve-api.ts'

// No worker runs here: what is submitted stays PENDING.
let api: TestApi
let jobs: JobClient
let operator: Member
let other: Member

beforeAll(async () => {
  api = await serveApi()
  jobs = new JobClient(api)
  operator = await joinWith(api, SCOPES)
  other = await joinWith(api, SCOPES)
})
afterAll(() => api[Symbol.asyncDispose]())

/** A job of any kind at depth 0, as its own code would write it. */
async function complete(by: Member): Promise<string> {
  const job_id = newJobId()
  const { user_id } = by
  const actor = { type: 'system', id: 'test' } as const
  await api.database.db.write.transaction().execute(async (trx) => {
    const job = {
      job_id,
      tenant_id: by.workspace_id,
      user_id,
      kind: 'submitted',
      parent_job_id: null,
    } as const
    const rest = { depth: 0, workspace_id: null, temporal_workflow_id: null, generation: 1, attempt: 1 }
    await insertPendingJob(trx, { ...job, ...rest, retry_of: null }, { actor })
    await moveJobFrom(trx, ['PENDING'], { job_id, to: 'RUNNING', kind: 'advance', actor })
    await moveJobFrom(trx, ['RUNNING'], { job_id, to: 'COMPLETED', kind: 'advance', actor })
  })
  return job_id
}

describe('POST /jobs', () => {
  test('S16 submit answers 201 PENDING and echoes the fields; SUBMITTED → PENDING is in the history', async () => {
    const asked = {
      task_description: 'Sort the notes',
      worker_count: 3,
      depth: 0,
      metadata: { max_depth: 4, term: 'autumn' },
    }
    const { status, body } = await jobs.submit(operator, asked)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      ...asked,
      status: 'PENDING',
      kind: 'submitted',
      workspace_id: operator.workspace_id,
      parent_job_id: null,
      attempt: 1,
      started_at: null,
    })
    const { state_history } = await jobs.read(operator, body.id)
    expect(state_history.map(({ from_state, to_state }) => [from_state, to_state])).toEqual([
      ['SUBMITTED', 'PENDING'],
      [null, 'SUBMITTED'],
    ])
  })

  test('answers alike under its other name', async () => {
    const { status, body } = await jobs.call(operator, 'POST', '/jobs/submit', { task_description: 'x' })
    expect([status, body.status]).toEqual([201, 'PENDING'])
  })

  test.each([
    ['no task_description', {}],
    ['an empty task_description', { task_description: '' }],
    ['4,097 characters', { task_description: 'x'.repeat(4_097) }],
    ['nothing but space', { task_description: ' \n\0' }],
    ['worker_count 0', { task_description: 'x', worker_count: 0 }],
    ['worker_count 1001', { task_description: 'x', worker_count: 1_001 }],
    ['depth 6', { task_description: 'x', depth: 6 }],
    ['depth −1', { task_description: 'x', depth: -1 }],
    ['max_depth 6', { task_description: 'x', metadata: { max_depth: 6 } }],
    ['metadata without end', { task_description: 'x', metadata: { text: 'x'.repeat(9_000) } }],
    ['a parent that is no id', { task_description: 'x', parent_job_id: 'x' }],
    ['a key that is not known', { task_description: 'x', priority: 1 }],
  ])('S21 %s is 422', async (_, body) => {
    const reply = await jobs.submit(operator, body)
    expect([reply.status, reply.body.code]).toEqual([422, 'VALIDATION_FAILED'])
  })

  test('S21 4,096 characters and 1,000 workers are taken, and worker_count defaults to 1', async () => {
    expect(
      await jobs.accepted(operator, { task_description: 'x'.repeat(4_096), worker_count: 1_000 }),
    ).toMatchObject({
      worker_count: 1_000,
    })
    expect(await jobs.accepted(operator)).toMatchObject({ worker_count: 1, metadata: {} })
  })

  test('S25 spawning deeper than depth 5 is refused', async () => {
    const all = await jobs.chain(operator, 6)
    expect(all.map(({ depth }) => depth)).toEqual([0, 1, 2, 3, 4, 5])
    const { status, body } = await jobs.submit(operator, { task_description: 'x', parent_job_id: all[5]?.id })
    expect([status, body.code]).toEqual([400, 'INVALID_DEPTH'])
  })

  test('a depth that is not one below the parent is 400 INVALID_DEPTH', async () => {
    const parent = await jobs.accepted(operator)
    const below = { task_description: 'x', parent_job_id: parent.id }
    for (const asked of [
      { ...below, depth: 0 },
      { ...below, depth: 2 },
      { task_description: 'x', depth: 1 },
    ]) {
      const { status, body } = await jobs.submit(operator, asked)
      expect([status, body.code]).toEqual([400, 'INVALID_DEPTH'])
    }
    expect(await jobs.accepted(operator, { ...below, depth: 1 })).toMatchObject({ depth: 1 })
  })

  test('an unknown parent is 404, and so is another tenant’s', async () => {
    const { id } = await jobs.accepted(other)
    for (const parent_job_id of [UNKNOWN_JOB, id]) {
      const { status, body } = await jobs.submit(operator, { task_description: 'x', parent_job_id })
      expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
    }
  })

  test('nothing begins below a canceled parent', async () => {
    const { id } = await jobs.accepted(operator)
    await jobs.call(operator, 'POST', `/jobs/${id}/cancel`)
    const { status, body } = await jobs.submit(operator, { task_description: 'x', parent_job_id: id })
    expect([status, body.current_state]).toEqual([409, 'CANCELED'])
  })

  test('S24 a duplicate request_id leaves one idempotency row and one job, sent one after the other or at once', async () => {
    const request_id = randomUUID()
    const body = { task_description: 'Once', request_id }
    const first = await jobs.submit(operator, body)
    const again = await jobs.submit(operator, body)
    expect([again.status, again.body, again.headers.get('idempotent-replay')]).toEqual([
      201,
      first.body,
      'true',
    ])
    const racing = { task_description: 'Once at once', request_id: randomUUID() }
    const replies = await Promise.all(Array.from({ length: 8 }, () => jobs.submit(operator, racing)))
    for (const { status, body: said } of replies)
      expect(status === 201 || said.code === 'IDEMPOTENCY_IN_PROGRESS').toBe(true)
    expect(new Set(replies.flatMap((reply) => reply.body.id ?? [])).size).toBe(1)
    const { read: db } = api.database.db
    for (const id of [request_id, racing.request_id]) {
      const rows = await db.selectFrom('idempotency_keys').selectAll().where('request_id', '=', id).execute()
      expect(rows).toHaveLength(1)
    }
    const another = await jobs.submit(operator, { ...body, task_description: 'Another' })
    expect([another.status, another.body.code]).toEqual([409, 'IDEMPOTENCY_CONFLICT'])
  })
})

describe('GET /jobs', () => {
  test('S17 a job is readable by id; an unknown one is 404', async () => {
    const job = await jobs.accepted(operator)
    expect(await jobs.read(operator, job.id)).toMatchObject({
      ...job,
      result: null,
      error: null,
      child_jobs: [],
    })
    expect((await jobs.call(operator, 'GET', `/jobs/${UNKNOWN_JOB}`)).status).toBe(404)
    expect((await jobs.call(operator, 'GET', '/jobs/x')).status).toBe(422)
  })

  test('S20 jobs filter by status, depth, parent_job_id and limit in the list envelope', async () => {
    const mine = await joinWith(api, SCOPES)
    const list = async (query: string) => JobList.parse((await jobs.call(mine, 'GET', `/jobs${query}`)).body)
    expect(await list('')).toEqual({ jobs: [], total: 0, limit: 50, offset: 0 })
    const [root, child] = await jobs.chain(mine, 3)
    await jobs.call(mine, 'POST', `/jobs/${child?.id}/cancel`)
    const ids = async (query: string) => (await list(query)).jobs.map(({ depth }) => depth)
    expect(await ids('')).toEqual([2, 1, 0])
    expect(await ids('?status=PENDING')).toEqual([0])
    expect(await ids('?status=CANCELED&depth=2')).toEqual([2])
    expect(await ids(`?parent_job_id=${root?.id}`)).toEqual([1])
    expect(await ids('?kind=plan')).toEqual([])
    const page = await list('?limit=1&offset=1')
    expect(page).toMatchObject({ total: 3, limit: 1, offset: 1 })
    expect(page.jobs.map(({ depth }) => depth)).toEqual([1])
    for (const query of ['?status=pending', '?depth=6', '?depth=x', '?limit=0', '?limit=101', '?user_id=1'])
      expect((await jobs.call(mine, 'GET', `/jobs${query}`)).status).toBe(422)
  })
})

describe('POST /jobs/{id}/cancel', () => {
  test('S18 canceling a PENDING job gives CANCELED, and its open children too', async () => {
    const [root, child, leaf] = await jobs.chain(operator, 3)
    const { status, body } = await jobs.call(operator, 'POST', `/jobs/${root?.id}/cancel`)
    expect([status, body.status]).toEqual([200, 'CANCELED'])
    for (const job of [root, child, leaf]) {
      const { status: state, completed_at } = await jobs.read(operator, job?.id ?? '')
      expect([state, completed_at]).toEqual(['CANCELED', expect.any(String)])
    }
  })

  test('S23 a transition writes one row with from, to, reason, actor, newest first; the default reason is "Job canceled"', async () => {
    const { id } = await jobs.accepted(operator)
    await jobs.call(operator, 'POST', `/jobs/${id}/cancel`)
    const { state_history } = await jobs.read(operator, id)
    expect(state_history).toHaveLength(3)
    expect(state_history[0]).toEqual({
      from_state: 'PENDING',
      to_state: 'CANCELED',
      reason: 'Job canceled',
      actor: { type: 'user', id: operator.user_id },
      timestamp: expect.any(String),
    })
    const told = await jobs.accepted(operator)
    await jobs.call(operator, 'POST', `/jobs/${told.id}/cancel`, { reason: 'No longer needed' })
    expect((await jobs.read(operator, told.id)).state_history[0]?.reason).toBe('No longer needed')
  })

  test('S19 canceling a COMPLETED job is 409', async () => {
    const { status, body } = await jobs.call(operator, 'POST', `/jobs/${await complete(operator)}/cancel`)
    expect([status, body.code, body.current_state, body.allowed]).toEqual([
      409,
      'INVALID_STATE_TRANSITION',
      'COMPLETED',
      [],
    ])
  })

  test('S26 canceling an unknown job is 404, a finished one 409', async () => {
    expect((await jobs.call(operator, 'POST', `/jobs/${UNKNOWN_JOB}/cancel`)).status).toBe(404)
    const { id } = await jobs.accepted(operator)
    expect((await jobs.call(operator, 'POST', `/jobs/${id}/cancel`)).status).toBe(200)
    expect((await jobs.call(operator, 'POST', `/jobs/${id}/cancel`)).status).toBe(409)
  })

  test('of two cancels at once one is carried out, and one transition written', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await jobs.accepted(operator)
      const both = await Promise.all([1, 2].map(() => jobs.call(operator, 'POST', `/jobs/${id}/cancel`)))
      expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
      expect(both.filter(({ status }) => status === 409)).toHaveLength(1)
      const { state_history } = await jobs.read(operator, id)
      expect(state_history.filter(({ to_state }) => to_state === 'CANCELED')).toHaveLength(1)
    }
  })

  test('answers a repetition of the same request like the first', async () => {
    const { id } = await jobs.accepted(operator)
    const body = { request_id: randomUUID() }
    const first = await jobs.call(operator, 'POST', `/jobs/${id}/cancel`, body)
    const again = await jobs.call(operator, 'POST', `/jobs/${id}/cancel`, body)
    expect([again.status, again.body]).toEqual([200, first.body])
  })
})

describe('POST /jobs/{id}/retry and /abandon', () => {
  test.each(['retry', 'abandon'])(
    '%s is 409 for a job that is not parked, 404 for an unknown one',
    async (verb) => {
      const pending = await jobs.accepted(operator)
      for (const id of [pending.id, await complete(operator)]) {
        const { status, body } = await jobs.call(operator, 'POST', `/jobs/${id}/${verb}`)
        expect([status, body.code]).toEqual([409, 'INVALID_STATE_TRANSITION'])
        expect(body.detail).toMatch(/this one is (PENDING\. Wait|COMPLETED\. There is nothing)/)
      }
      expect((await jobs.call(operator, 'POST', `/jobs/${UNKNOWN_JOB}/${verb}`)).status).toBe(404)
    },
  )
})

test('S30 an ancestor as child is refused by the database itself', async () => {
  const [root, child] = await jobs.chain(operator, 2)
  const put = api.database.db.write
    .updateTable('processing_jobs')
    .set({ parent_job_id: child?.id ?? '' })
    .where('job_id', '=', root?.id ?? '')
  await expect(put.execute()).rejects.toThrow('a job at depth 0 cannot stand below')
})

test('deleting a parent sets the child’s parent to null', async () => {
  const [root, child] = await jobs.chain(operator, 2)
  await api.database.db.write
    .deleteFrom('processing_jobs')
    .where('job_id', '=', root?.id ?? '')
    .execute()
  expect(await jobs.read(operator, child?.id ?? '')).toMatchObject({ parent_job_id: null, depth: 1 })
  expect((await jobs.call(operator, 'POST', `/jobs/${child?.id}/cancel`)).body.status).toBe('CANCELED')
})
