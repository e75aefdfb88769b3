import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { Explaining } from '../test/explaining.ts'
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

test('quiet runs are found by the index of running workspaces, however many are at rest', async () => {
  await fillWorkspaces()
  const explaining = new Explaining()
  const before = new Date()
  await findQuietRuns(database.db.read.withPlugin(explaining), { before, limit: 10 })
  expect(explaining.plan).toContain('using assignment_workspaces_running')
  expect(await findQuietRuns(database.db.read, { before, limit: 10 })).toHaveLength(10)
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
