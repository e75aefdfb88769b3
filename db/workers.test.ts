import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createEmptyTestDatabase, createTestDatabase, type TestDatabase } from '../test/database.ts'
import { countOnce, foldTallies } from './intents/tallies.ts'
import { migrateDown, migrateUp } from './migrate.ts'
import { Explaining } from '../test/explaining.ts'
import { insertOwner } from '../test/owner.ts'
import { toMetrics } from './read/present-worker.ts'
import { listTallies } from './read/tallies.ts'
import { countWorkers, listWorkers } from './read/workers.ts'
import { recordTransitions } from './write/transitions.ts'

const JOBS = 50_000
const NOTHING = { cpu_percent: 0, memory_mb: 0 }

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await fill(database)
})
afterAll(() => database[Symbol.asyncDispose]())

/** Many jobs of ten tenants, each with its worker: one in a hundred is at work. */
async function fill(filled: TestDatabase): Promise<void> {
  const { user_id } = await insertOwner(filled.db.write)
  const { write } = filled.db
  await sql`insert into processing_jobs (job_id, tenant_id, user_id, kind, depth, status, created_at)
    select 'j_' || lpad(to_hex(n), 12, '0'), 't' || n % 10, ${user_id}, 'submitted', 0,
      case n % 97 when 0 then 'RUNNING' else 'COMPLETED' end, now() - n * interval '1 second'
    from generate_series(1, ${JOBS}::integer) as n`.execute(write)
  await sql`insert into workers (worker_id, job_id, tenant_id, status, created_at)
    select replace(job_id, 'j_', 'w_'), job_id, tenant_id, status, created_at from processing_jobs`.execute(
    write,
  )
  await sql`vacuum analyze`.execute(write)
}

describe('a page of many workers is read by an index, in its order', () => {
  const page = { limit: 5, offset: 0 } as const
  const all = { tenant_id: null, workspace_id: undefined, status: undefined, ...page }

  test.each([
    ['of every tenant', all, 'workers_newest'],
    ['of every tenant in a state', { ...all, status: 'RUNNING' as const }, 'workers_status'],
    ['of one tenant', { ...all, tenant_id: 't7' }, 'workers_tenant'],
    [
      'of one tenant in a state',
      { ...all, tenant_id: 't7', status: 'RUNNING' as const },
      'workers_tenant_status',
    ],
  ])('%s', async (_, wanted, index) => {
    const explaining = new Explaining()
    await listWorkers(database.db.read.withPlugin(explaining), wanted)
    expect(explaining.plan).toMatch(new RegExp(`using ${index} `))
    expect(explaining.plan).not.toMatch(/Sort|Seq Scan on workers/)
    expect(await listWorkers(database.db.read, wanted)).not.toEqual([])
    expect(await countWorkers(database.db.read, wanted)).toBeGreaterThan(page.limit)
  })
})

describe('tallies', () => {
  const move = (entity_id: string, tenant_id: string) =>
    ({ machine: 'worker', entity_id, tenant_id, actor: { type: 'system', id: 'test' } }) as const

  test('count every move as it is written, and the same whether they are added up or not', async () => {
    const { write, read } = database.db
    await write.transaction().execute(async (trx) => {
      const first = move('w_000000000001', 'tally')
      await recordTransitions(trx, [
        { ...first, from: null, to: 'IDLE', kind: 'create' },
        { ...first, from: 'IDLE', to: 'RUNNING', kind: 'advance' },
        { ...move('w_000000000002', 'tally'), from: null, to: 'IDLE', kind: 'create' },
      ])
    })
    await countOnce(write, 'tally', { topic: 'refusal', to_state: 'refused' })
    const seen = { tenant_id: 'tally' }
    const before = toMetrics(await listTallies(read, seen), NOTHING)
    expect(before).toMatchObject({
      total_workers: 2,
      by_status: { IDLE: 1, RUNNING: 1 },
      rejected_transitions: 1,
      idempotency: { hits: 0, misses: 0, hit_rate: null },
    })
    await Promise.all(Array.from({ length: 8 }, () => foldTallies(write)))
    expect(await read.selectFrom('tally_deltas').select('delta_id').execute()).toEqual([])
    expect(toMetrics(await listTallies(read, seen), NOTHING)).toEqual(before)
    await countOnce(write, 'tally', { topic: 'refusal', to_state: 'refused' })
    await foldTallies(write)
    expect(toMetrics(await listTallies(read, seen), NOTHING).rejected_transitions).toBe(2)
  })

  test('tell how long a state lasted by when the same entity was moved before', async () => {
    const { write, read } = database.db
    await sql`insert into transitions
        (machine, entity_id, tenant_id, from_state, to_state, kind, actor_type, actor_id, at)
      values ('job', 'j_a', 'times', null, 'SUBMITTED', 'create', 'system', 'test', now() - interval '90 seconds'),
        ('job', 'j_b', 'times', null, 'SUBMITTED', 'create', 'system', 'test', now() - interval '60 seconds'),
        ('job', 'j_a', 'times', 'SUBMITTED', 'PENDING', 'advance', 'system', 'test', now() - interval '60 seconds')`.execute(
      write,
    )
    const { time_in_state } = toMetrics(await listTallies(read, { tenant_id: 'times' }), NOTHING)
    expect(time_in_state).toEqual([{ machine: 'job', state: 'SUBMITTED', count: 1, average_seconds: 30 }])
  })
})

test('jobs from before there were workers get each their own, with the history it would have had', async () => {
  await using old = await createEmptyTestDatabase()
  const { write, read } = old.db
  await migrateUp(write)
  while (!(await migrateDown(write)).includes('0011-workers'));
  const { user_id } = await insertOwner(old.db.write)
  await sql`insert into processing_jobs
      (job_id, tenant_id, user_id, kind, depth, status, created_at, started_at, completed_at)
    values ('j_1', 't1', ${user_id}, 'plan', 1, 'COMPLETED', now() - interval '9 s', now() - interval '8 s', now()),
      ('j_2', 't1', ${user_id}, 'plan', 1, 'PENDING', now() - interval '7 s', null, null),
      ('j_3', 't1', ${user_id}, 'plan', 1, 'CANCELED', now() - interval '6 s', null, now())`.execute(write)
  await migrateUp(write)
  const rows = await read
    .selectFrom('transitions')
    .innerJoin('workers', 'worker_id', 'entity_id')
    .select(['job_id', 'from_state', 'to_state'])
    .where('machine', '=', 'worker')
    .orderBy('seq')
    .execute()
  const stepsOf = (job_id: string) => rows.filter((row) => row.job_id === job_id).map((row) => row.to_state)
  expect(stepsOf('j_1')).toEqual(['IDLE', 'RUNNING', 'COMPLETED'])
  expect(stepsOf('j_2')).toEqual(['IDLE'])
  expect(stepsOf('j_3')).toEqual(['IDLE', 'TERMINATED'])
  const metrics = toMetrics(await listTallies(read, { tenant_id: 't1' }), NOTHING)
  expect(metrics).toMatchObject({ total_workers: 3, by_status: { IDLE: 1, COMPLETED: 1, TERMINATED: 1 } })
})
