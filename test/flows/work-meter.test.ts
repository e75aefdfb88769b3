import { MockActivityEnvironment } from '@temporalio/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { sumUsageBelow } from '../../db/read/workers.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { insertOwner } from '../owner.ts'
import { turn } from '../streams/read-stream.ts'
import { startWorkMeter } from '../../worker/measure-work.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

/** A job below another, both with a worker that runs. */
async function twoAtWork(): Promise<readonly [above: string, below: string]> {
  const { write } = database.db
  const [above, below] = ['j_00000000000a', 'j_00000000000b']
  const owner = await insertOwner(write)
  const job = { ...owner, kind: 'submitted', status: 'RUNNING' } as const
  const jobs = [
    { ...job, job_id: above, depth: 0, parent_job_id: null },
    { ...job, job_id: below, depth: 1, parent_job_id: above },
  ]
  await write.insertInto('processing_jobs').values(jobs).execute()
  const workers = jobs.map(({ job_id }) => {
    return {
      worker_id: job_id.replace('j_', 'w_'),
      job_id,
      tenant_id: owner.tenant_id,
      status: 'RUNNING',
    } as const
  })
  await write.insertInto('workers').values(workers).execute()
  return [above, below]
}

test('work that ended before it was looked at is measured, counts for what stands above it, and is forgotten', async () => {
  const { db } = database
  const [above, below] = await twoAtWork()
  await using meter = startWorkMeter(db, pino({ level: 'silent' }))
  const { inbound } = meter.interceptor(new MockActivityEnvironment().context)
  const run = async () => inbound?.execute?.({ args: [{ job_id: below }], headers: {} }, async () => 'done')
  expect(await run()).toBe('done')
  const used = () => sumUsageBelow(db.read, above)
  let most = await used()
  for (; most.memory_mb === null; most = await used()) await turn()
  expect(most.memory_mb).toBeGreaterThan(1)
  expect(most.cpu_percent).toBeGreaterThan(0)
  const own = db.read.selectFrom('workers').select('memory_mb').where('job_id', '=', above)
  expect(await own.executeTakeFirst()).toEqual({ memory_mb: null })
  while ((await used()).memory_mb !== null) await turn()
})
