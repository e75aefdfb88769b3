import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { RunErrorCode } from '../../contract/run-errors.ts'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { insertAccount } from '../intents/accounts.ts'
import { createWorkspace, raiseGeneration, type StartIntent } from '../intents/workspaces.ts'
import { insertDocuments } from './documents.ts'
import { finishRun, parkRun } from './run-ends.ts'
import type { StageTry } from './run-steps.ts'
import { beginStage, completeStage, reportProgress } from './stages.ts'

const BROKEN = 'cut \ud800 short\0'
const SOUND = 'cut \ufffd short'

let database: TestDatabase
let intent: StartIntent
let step: StageTry
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

const workspaces = () =>
  database.db.read.selectFrom('assignment_workspaces').selectAll().where('user_id', '=', intent.user_id)

beforeEach(async () => {
  const user_id = randomUUID()
  const account = { user_id, tenant_id: user_id, email: `${user_id}@example.org`, password_hash: 'none' }
  await insertAccount(database.db.write, account)
  intent = { user_id, tenant_id: user_id, course_id: '1', assignment_id: '2', request_id: null }
  await createWorkspace(database.db.write, intent)
  const { workspace_id, generation, job_id } = await workspaces().executeTakeFirstOrThrow()
  step = { workspace_id, generation, job_id, stage: 'fetch_canvas_context', attempt: 1 }
})

const jobs = () =>
  database.db.read
    .selectFrom('processing_jobs')
    .selectAll()
    .where('user_id', '=', intent.user_id)
    .orderBy('depth')
    .execute()
const lastEvent = async () =>
  database.db.read
    .selectFrom('events')
    .select(['type', 'body'])
    .where('stream_id', '=', step.workspace_id)
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow()
const failWith = (code: RunErrorCode, message = 'It ended.') =>
  parkRun(database.db.write, step, { code, message, stage: step.stage, retryable: false })
const transitions = (machine: string, entity_id: string) =>
  database.db.read
    .selectFrom('transitions')
    .select(['from_state', 'to_state', 'kind'])
    .where('machine', '=', machine)
    .where('entity_id', '=', entity_id)
    .orderBy('seq', 'desc')
    .executeTakeFirst()

describe('text that PostgreSQL does not take', () => {
  test('is made storable in artefacts, documents and progress', async () => {
    const { write, read } = database.db
    await beginStage(write, step)
    await reportProgress(write, step, { done: 1, total: 2, unit: 'files' }, BROKEN)
    expect((await lastEvent()).body).toMatchObject({ message: SOUND })
    expect((await workspaces().executeTakeFirstOrThrow()).message).toBe(SOUND)

    const document = {
      document_id: randomUUID(),
      kind: 'attachment',
      name: BROKEN,
      status: 'read',
      text: BROKEN,
      pages: [],
      sha256: '0'.repeat(64),
      bytes_sha256: null,
      parser: null,
      code: null,
      message: BROKEN,
      warnings: [{ code: 'truncated', message: BROKEN }],
    } as const
    await completeStage(write, step, {
      artefacts: [{ kind: 'canvas_context', body: { [BROKEN]: [BROKEN] }, provenance: { by: BROKEN } }],
      duration_ms: 1,
      also: (trx) => insertDocuments(trx, step, [document]),
    })
    const artefact = await read
      .selectFrom('artefacts')
      .select(['body', 'provenance'])
      .where('workspace_id', '=', step.workspace_id)
      .executeTakeFirstOrThrow()
    expect(artefact).toEqual({ body: { [SOUND]: [SOUND] }, provenance: { by: SOUND } })
    const stored = await read
      .selectFrom('documents')
      .select(['name', 'text', 'message', 'warnings'])
      .where('workspace_id', '=', step.workspace_id)
      .executeTakeFirstOrThrow()
    expect(stored).toMatchObject({ name: SOUND, text: SOUND, message: SOUND, warnings: [{ message: SOUND }] })
  })

  test('is made storable in the reason of a failure', async () => {
    await failWith('NO_TEXT', BROKEN)
    const { message, last_error } = await workspaces().executeTakeFirstOrThrow()
    expect([message, last_error?.message]).toEqual([SOUND, SOUND])
    expect((await lastEvent()).body).toMatchObject({ message: SOUND })
    expect((await jobs()).find(({ job_id }) => job_id === step.job_id)?.error?.message).toBe(SOUND)
  })
})

test('stage and progress are shown on the job of the plan and on the one above it', async () => {
  await beginStage(database.db.write, step)
  await completeStage(database.db.write, step, { artefacts: [], duration_ms: 1 })
  const { progress } = await workspaces().executeTakeFirstOrThrow()
  expect(progress).toBeGreaterThan(0)
  const shown = { stage: 'fetch_canvas_context', progress, status: 'RUNNING' }
  expect(await jobs()).toMatchObject([
    { depth: 0, ...shown },
    { depth: 1, ...shown },
  ])
})

describe('parkRun()', () => {
  test.each(['CANCELED', 'TERMINATED'] as const)(
    'with %s ends a job that never began as it is, and not as a failure',
    async (code) => {
      await failWith(code)
      const [root, plan] = await jobs()
      expect(plan).toMatchObject({ status: 'CANCELED', started_at: null, completed_at: expect.any(Date) })
      expect(root).toMatchObject({ status: 'PENDING', started_at: null })
      expect(await transitions('job', step.job_id)).toEqual({
        from_state: 'PENDING',
        to_state: 'CANCELED',
        kind: 'operator',
      })
      expect((await transitions('workspace', step.workspace_id))?.kind).toBe('operator')
      expect((await lastEvent()).body).toMatchObject({ status: 'canceled', payload: { code } })
    },
  )

  test('with any other code fails a job that has begun', async () => {
    await failWith('NO_TEXT')
    const plan = (await jobs()).find(({ job_id }) => job_id === step.job_id)
    expect(plan).toMatchObject({ status: 'FAILED', started_at: expect.any(Date) })
    expect(await transitions('job', step.job_id)).toEqual({
      from_state: 'RUNNING',
      to_state: 'FAILED',
      kind: 'fail',
    })
    expect((await transitions('workspace', step.workspace_id))?.kind).toBe('fail')
  })
})

describe('the superseded event', () => {
  const finish = async () => {
    await beginStage(database.db.write, step)
    const artefacts = [{ kind: 'plan', body: {} }]
    await finishRun(database.db.write, { ...step, stage: 'finalize_plan' }, { artefacts, duration_ms: 1 })
  }

  test.each([
    ['completed', 'is ready', finish],
    ['failed', 'has failed', () => failWith('NO_TEXT')],
    ['canceled', 'was canceled', () => failWith('CANCELED')],
    ['canceled', 'still runs', () => beginStage(database.db.write, step)],
  ] as const)('says %s of a plan that %s', async (status, _words, end) => {
    await end()
    expect(await raiseGeneration(database.db.write, intent)).toEqual({
      outcome: 'raised',
      masterplan_ids: [],
      handoff_ids: [],
    })
    expect(await lastEvent()).toMatchObject({ type: 'superseded', body: { status, job_id: step.job_id } })
  })
})
