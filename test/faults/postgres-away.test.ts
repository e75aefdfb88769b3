import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clearLockedPorts } from 'get-port'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { migrateUp } from '../../db/migrate.ts'
import { startPostgres, type Postgres } from '../../stack/postgres.ts'
import { openTestDatabase } from '../database.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { turn, type StreamReader } from '../streams/read-stream.ts'
import { ARTEFACTS, artefactsOf, expectOnePlan, planJobsOf, runIdOf } from './history.ts'

const PRESENTATION = '2103/5104'
const SURVEY = '2104/5106'

let folder: string
let postgres: Postgres
let rig: Rig
let student: Student
let reader: StreamReader

async function start(port?: number): Promise<Postgres> {
  const preferred = port === undefined ? {} : { port }
  return startPostgres({ dataDir: folder, ...preferred, durable: true, say: () => undefined })
}

// One story: a plan and a run at work; then PostgreSQL dies under them, and comes back.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-faults-postgres-'))
  postgres = await start()
  await using db = openTestDatabase(postgres.url)
  await migrateUp(db.write)
  rig = await startRig({ databaseUrl: postgres.url })
  student = await rig.student()
  await student.start(PRESENTATION)
  await student.finished(PRESENTATION)
  rig.canvas.faults.add({ kind: 'slow', ms: 2_000, path: '*/assignments/5106', times: 1 })
  await student.start(SURVEY)
  reader = await student.stream(SURVEY)
  await reader.untilSeq(1)
  process.kill(postgres.child.pid, 'SIGKILL')
  await postgres.child.exited
})

afterAll(async () => {
  reader[Symbol.dispose]()
  await rig[Symbol.asyncDispose]()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('without PostgreSQL', () => {
  test.each([
    ['POST', `/assignments/2101/5101/start`],
    ['POST', `/assignments/${PRESENTATION}/start?reprocess=true`],
    ['POST', `/assignments/${PRESENTATION}/stages/draft_plan/retry`],
    ['GET', `/assignments/${PRESENTATION}`],
    ['GET', `/assignments/${PRESENTATION}/plan`],
    ['GET', `/assignments/${PRESENTATION}/events?after=0`],
    ['GET', '/users/me/canvas-credentials'],
    ['POST', '/auth/login'],
  ])('%s %s answers 503 with Retry-After', async (method, path) => {
    const login = { email: student.email, password: 'whatever it may be' }
    const sent = path === '/auth/login' ? { body: login } : {}
    const { status, headers, body } = await student.call(method, path, sent)
    expect([status, body.code, body.retryable]).toEqual([503, 'SERVICE_UNAVAILABLE', true])
    expect(body.detail).toContain('PostgreSQL does not answer')
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('/readyz says what is away, /livez does not mind', async () => {
    const [ready, live] = await Promise.all([student.call('GET', '/readyz'), student.call('GET', '/livez')])
    expect([ready.status, live.status]).toEqual([503, 200])
    expect(JSON.stringify(ready.body)).toContain('PostgreSQL')
  })

  test('a stage that cannot store what it found is tried again instead of given up', async () => {
    while (!(await rig.logs()).includes('STORE_AWAY')) await turn()
    expect(await rig.logs()).not.toContain('a run is parked')
  })
})

describe('with PostgreSQL back', () => {
  beforeAll(async () => {
    // The very port it had, which this process would not hand out again so soon.
    clearLockedPorts()
    postgres = await start(Number(new URL(postgres.url).port))
  })

  test('the run that was at work comes to its plan: no event lost or doubled, also on the stream left open', async () => {
    await reader.until(({ events }) => events.some(({ event }) => event === 'plan_ready'))
    const events = await student.finished(SURVEY)
    expectOnePlan(events)
    expect(reader.events.map(({ data }) => data)).toEqual(events)
    const { workspace_id } = await student.snapshot(SURVEY)
    expect(await artefactsOf(rig, workspace_id)).toEqual(ARTEFACTS)
  })

  test('the outage was waited out within a try: it does not use up those Temporal allows', async () => {
    const lines = (await rig.logs()).split('\n').filter((line) => line.includes('STORE_AWAY'))
    expect(lines.length).toBeLessThanOrEqual(2)
    const { workspace_id } = await student.snapshot(SURVEY)
    const [job] = await planJobsOf(rig, workspace_id)
    const ids = { job_id: job?.job_id, workflow_id: runIdOf(student, SURVEY) }
    for (const line of lines) expect(JSON.parse(line)).toMatchObject(ids)
  })

  test('what was asked in vain works now, without a restart of API or worker', async () => {
    expect((await student.call('GET', `/assignments/${PRESENTATION}/plan`)).status).toBe(200)
    const { status, body } = await student.start(PRESENTATION, '?reprocess=true')
    expect([status, body.generation]).toEqual([202, 2])
    expectOnePlan(await student.finished(PRESENTATION))
  })
})
