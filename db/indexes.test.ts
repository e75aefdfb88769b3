import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { Explaining } from '../test/explaining.ts'
import { countFailures, listParkedRuns } from './read/failures.ts'
import { findQuietRuns } from './read/workspaces.ts'

const WORKSPACES = 5_000

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})

afterAll(() => database[Symbol.asyncDispose]())

/** One user with many assignments, of which one in a hundred is being worked at. */
async function fillWorkspaces(): Promise<void> {
  const { write } = database.db
  const user_id = randomUUID()
  await sql`insert into accounts (user_id, email, password_hash, tenant_id)
    values (${user_id}, 'a@example.edu', 'none', 't')`.execute(write)
  await sql`insert into assignment_workspaces (workspace_id, user_id, tenant_id, course_id, assignment_id, status,
      generation, discovery_id, job_id, message, updated_at)
    select gen_random_uuid(), ${user_id}, 't', '1', n::text, case n % 100 when 0 then 'running' else 'ready' end,
      1, gen_random_uuid(), 'j_' || n, '', now() - n * interval '1 minute'
    from generate_series(1, ${WORKSPACES}::integer) as n`.execute(write)
  await sql`insert into processing_jobs (job_id, tenant_id, user_id, kind, depth, status, workspace_id)
    select job_id, tenant_id, user_id, 'plan', 1, 'RUNNING', workspace_id from assignment_workspaces`.execute(
    write,
  )
  await sql`insert into event_streams (stream_id, kind)
    select workspace_id, 'assignment' from assignment_workspaces`.execute(write)
  await sql`analyze`.execute(write)
}

const PARKED_EACH = 100
const FAILED_EACH = 20

/**
 * Every hundredth plan is parked; each assignment had a masterplan, of which every hundredth failed, and a task, of which
 * every twentieth failed, one more each minute back in time.
 */
async function fillFailures(): Promise<void> {
  const { write } = database.db
  const error = JSON.stringify({ code: 'CANVAS_UNREACHABLE', stage: 'fetch_canvas_context' })
  await sql`update assignment_workspaces set status = 'failed'
    where assignment_id::integer % ${PARKED_EACH}::integer = 1`.execute(write)
  await sql`insert into processing_jobs (job_id, tenant_id, user_id, kind, depth, status, workspace_id, updated_at)
    select 'j_' || part.letter || assignment_id, tenant_id, user_id, part.kind, part.depth,
      case assignment_id::integer % part.each when 2 then 'FAILED' else 'COMPLETED' end, workspace_id, updated_at
    from assignment_workspaces,
      (values ('m', 'masterplan', 1, ${PARKED_EACH}::integer), ('t', 'task', 3, ${FAILED_EACH}::integer))
        as part (letter, kind, depth, each)`.execute(write)
  await sql`insert into masterplans (masterplan_id, workspace_id, user_id, tenant_id, generation, discovery_id, job_id,
      slug, project_name, description, genre, estimated_minutes, total_tasks, status)
    select gen_random_uuid(), workspace_id, user_id, tenant_id, 1, discovery_id, 'j_m' || assignment_id, 'p', 'p', '',
      'essay', 0, 0,
      case assignment_id::integer % ${PARKED_EACH}::integer when 2 then 'failed' else 'completed' end
    from assignment_workspaces`.execute(write)
  await sql`update processing_jobs set status = 'FAILED', updated_at = workspace.updated_at
    from assignment_workspaces as workspace
    where workspace.job_id = processing_jobs.job_id and workspace.status = 'failed'`.execute(write)
  await sql`update processing_jobs set error = ${error}::jsonb where status = 'FAILED'`.execute(write)
  await sql`analyze`.execute(write)
}

test('quiet runs are found by the index of running workspaces, however many are at rest', async () => {
  await fillWorkspaces()
  const explaining = new Explaining()
  const before = new Date()
  await findQuietRuns(database.db.read.withPlugin(explaining), { before, limit: 10 })
  expect(explaining.plan).toContain('using assignment_workspaces_running')
  expect(await findQuietRuns(database.db.read, { before, limit: 10 })).toHaveLength(10)
})

describe('what operators look at first, among many runs that are over', () => {
  beforeAll(fillFailures)

  test('parked runs are found by the indexes of failed plans and masterplans, not among all failures', async () => {
    const explaining = new Explaining()
    const wanted = { code: 'CANVAS_UNREACHABLE', limit: 500 }
    await listParkedRuns(database.db.read.withPlugin(explaining), wanted)
    expect(explaining.plan).toContain('using assignment_workspaces_failed')
    expect(explaining.plan).toContain('using masterplans_failed')
    expect(explaining.plan).not.toContain('Seq Scan')
    expect(await listParkedRuns(database.db.read, wanted)).toHaveLength((2 * WORKSPACES) / PARKED_EACH)
  })

  test('recent failures are counted by the index of failed jobs, however long the history is', async () => {
    const explaining = new Explaining()
    const since = new Date(Date.now() - 3_600_000)
    await countFailures(database.db.read.withPlugin(explaining), { since })
    expect(explaining.plan).toMatch(/(using|on) processing_jobs_failed/)
    expect(explaining.plan).not.toContain('Seq Scan')
    const counts = await countFailures(database.db.read, { since: new Date(0) })
    expect(counts.map(({ kind, count }) => [kind, count])).toEqual([
      ['task', WORKSPACES / FAILED_EACH],
      ['masterplan', WORKSPACES / PARKED_EACH],
      ['plan', WORKSPACES / PARKED_EACH],
    ])
  })
})

test('every foreign key has an index that begins with it, so that a delete above need not read whole tables', async () => {
  const { rows } = await sql<{ unsupported: string }>`
    select conrelid::regclass || ' (' || attname || ')' as unsupported
    from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
    where contype = 'f' and not exists (
      select from pg_index where indrelid = conrelid and indkey[0] = conkey[1] and indpred is null)`.execute(
    database.db.write,
  )
  expect(rows).toEqual([])
})
