import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { clearLockedPorts } from 'get-port'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { SCOPES } from '../../contract/scopes.ts'
import { migrateUp } from '../../db/migrate.ts'
import { startPostgres, type Postgres } from '../../stack/postgres.ts'
import { openTestDatabase } from '../database.ts'
import { startJobRig, type JobRig } from '../rig/job-model.ts'
import { acceptedJob, endedJob, heldBy, readJob, treeOf } from '../rig/jobs.ts'
import type { Student } from '../rig/student.ts'
import { statesOf, readWorker, workerOf } from '../rig/workers.ts'
import { turn } from '../streams/read-stream.ts'

const TREES = 3

let folder: string
let postgres: Postgres
let jobs: JobRig
let operator: Student

async function start(port?: number): Promise<Postgres> {
  const preferred = port === undefined ? {} : { port }
  return startPostgres({ dataDir: folder, ...preferred, durable: true, say: () => undefined })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-faults-jobs-'))
  postgres = await start()
  await using db = openTestDatabase(postgres.url)
  await migrateUp(db.write)
  jobs = await startJobRig(
    { STAGE_MAX_ATTEMPTS: '20', RECONCILE_SECONDS: '3600' },
    { databaseUrl: postgres.url },
  )
  operator = await jobs.rig.operator(SCOPES)
})

afterAll(async () => {
  await jobs[Symbol.asyncDispose]()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

const accepted = (): Promise<string[]> =>
  Promise.all(
    Array.from({ length: TREES }, (_, tree) =>
      acceptedJob(operator, `- hold ${tree} one\n- good ${tree} two\n- good ${tree} three`),
    ),
  )

test('PostgreSQL killed under load: what was accepted is kept, each job ends once, and every place is free again', async () => {
  const ids = await accepted()
  await jobs.held(TREES)
  process.kill(postgres.child.pid, 'SIGKILL')
  await postgres.child.exited
  const body = { task_description: 'good one that comes at the wrong time' }
  const refused = await operator.call('POST', '/jobs', { body })
  expect([refused.status, refused.body.code]).toEqual([503, 'SERVICE_UNAVAILABLE'])
  jobs.release()
  while (!(await jobs.rig.logs()).includes('terminating connection')) await turn()

  // The very port it had, which this process would not hand out again so soon.
  clearLockedPorts()
  postgres = await start(Number(new URL(postgres.url).port))
  // The answers could not be kept, so each is asked for once more.
  await jobs.held(TREES)
  jobs.release()
  for (const id of ids) {
    expect((await endedJob(operator, id)).status).toBe('COMPLETED')
    for (const job of await treeOf(operator, id)) {
      const { state_history } = await readJob(operator, job.id)
      expect(state_history.map(({ to_state }) => to_state)).toEqual([
        'COMPLETED',
        'RUNNING',
        'PENDING',
        'SUBMITTED',
      ])
      const worker = await readWorker(operator, await workerOf(operator, job.id))
      expect(statesOf(worker)).toEqual(['IDLE', 'RUNNING', 'COMPLETED'])
    }
  }
  expect((await operator.call('GET', '/jobs')).body.total).toBe(TREES * 4)
  expect(await heldBy(operator)).toEqual([0, 0, 0, 0, 0, 0])
}, 120_000)
