import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { insertOwner, insertSubmitted, type Owner } from '../test/owner.ts'
import { moveJobFrom } from './write/jobs.ts'
import { SYSTEM } from './write/run-steps.ts'
import { steerRun } from './write/steer-run.ts'
import { enterWork, leaveWork } from './write/worker-process.ts'

let database: TestDatabase
let owner: Owner
beforeAll(async () => {
  database = await createTestDatabase()
  owner = await insertOwner(database.db.write)
})
afterAll(() => database[Symbol.asyncDispose]())

/** A job with its worker, at work unless told otherwise. */
async function startJob(isAtWork = true): Promise<string> {
  return database.db.write.transaction().execute(async (trx) => {
    const job_id = await insertSubmitted(trx, owner)
    if (isAtWork)
      await moveJobFrom(trx, ['PENDING'], { job_id, to: 'RUNNING', kind: 'advance', actor: SYSTEM })
    return job_id
  })
}

const enter = (job_id: string, process_id: string, attempt: number) => {
  const work = { job_ids: [job_id], task_ids: [], workflow_ids: [] }
  return enterWork(database.db.write, work, { process_id, attempt })
}
const leave = (job_id: string, process_id: string) => leaveWork(database.db.write, [job_id], process_id)

/** How the workers of a job stand and who is at them, oldest first. */
async function workersOf(job_id: string): Promise<readonly string[]> {
  const rows = await database.db.read
    .selectFrom('workers')
    .select(['status', 'process_id'])
    .where('job_id', '=', job_id)
    .orderBy('created_at')
    .execute()
  return rows.map(({ status, process_id }) => [status, process_id ?? 'nobody'].join(' '))
}

describe('a process at work', () => {
  test('is lost where another tries again what it never left', async () => {
    const job_id = await startJob()
    await enter(job_id, 'a', 1)
    expect(await workersOf(job_id)).toEqual(['RUNNING a'])
    await enter(job_id, 'b', 2)
    expect(await workersOf(job_id)).toEqual(['FAILED nobody', 'RUNNING b'])
    // It was only slow, and comes to its end after all: what another one is at stays so.
    await leave(job_id, 'a')
    expect(await workersOf(job_id)).toEqual(['FAILED nobody', 'RUNNING b'])
  })

  test.each([
    ['it has left', 'b', 2, true],
    ['it tries again itself', 'a', 2, false],
    ['other work of the same job begins elsewhere', 'b', 1, false],
  ])('is not lost where %s', async (_, process_id, attempt, hasLeft) => {
    const job_id = await startJob()
    await enter(job_id, 'a', 1)
    if (hasLeft) await leave(job_id, 'a')
    await enter(job_id, process_id, attempt)
    expect(await workersOf(job_id)).toEqual([`RUNNING ${process_id}`])
  })

  test('loses nothing of a job that had not begun, and finds nothing to do at one that is over', async () => {
    const waiting = await startJob(false)
    await enter(waiting, 'a', 1)
    await enter(waiting, 'b', 2)
    expect(await workersOf(waiting)).toEqual(['IDLE b'])
    const over = await startJob()
    await database.db.write
      .transaction()
      .execute((trx) =>
        moveJobFrom(trx, ['RUNNING'], { job_id: over, to: 'COMPLETED', kind: 'advance', actor: SYSTEM }),
      )
    await enter(over, 'b', 2)
    expect(await workersOf(over)).toEqual(['COMPLETED nobody'])
  })
})

test('a wish that was carried out before the process was lost is the same one when it is asked again', async () => {
  const job_id = await startJob()
  const wish = (verb: 'pause' | 'resume', request_id: string) => {
    const by = { type: 'operator', id: owner.user_id } as const
    return steerRun(database.db.write, { job_id, verb, actor: by, reason_id: null, request_id })
  }
  const [pause, resume] = [randomUUID(), randomUUID()]
  await enter(job_id, 'a', 1)
  expect(await wish('pause', pause)).toEqual({ kind: 'moved' })
  await enter(job_id, 'b', 2)
  expect(await wish('pause', pause)).toEqual({ kind: 'moved' })
  expect(await workersOf(job_id)).toEqual(['FAILED nobody', 'PAUSED b'])
  expect(await wish('resume', resume)).toEqual({ kind: 'moved' })
  await enter(job_id, 'c', 3)
  expect(await wish('resume', resume)).toEqual({ kind: 'moved' })
  expect(await workersOf(job_id)).toEqual(['FAILED nobody', 'FAILED nobody', 'RUNNING c'])
})
