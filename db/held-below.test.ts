import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { insertOwner, insertSubmitted, type Owner } from '../test/owner.ts'
import { isHeldBelow } from './read/held-below.ts'
import { newJobId } from './write/ids.ts'
import { moveJobFrom } from './write/jobs.ts'
import { SYSTEM } from './write/run-steps.ts'
import { steerRun } from './write/steer-run.ts'

let database: TestDatabase
let owner: Owner
beforeAll(async () => {
  database = await createTestDatabase()
  owner = await insertOwner(database.db.write)
})
afterAll(() => database[Symbol.asyncDispose]())

const NEVER_BEGUN = 'never begun'
const A_MINUTE = 60

/** A job below another, with or without a place, or one that never began; answers both. */
async function below(how: 'with a place' | 'without a place' | typeof NEVER_BEGUN) {
  return database.db.write.transaction().execute(async (trx) => {
    const begin = (job_id: string) =>
      moveJobFrom(trx, ['PENDING'], { job_id, to: 'RUNNING', kind: 'advance', actor: SYSTEM })
    const above = await insertSubmitted(trx, owner)
    await begin(above)
    const job_id = await insertSubmitted(trx, owner, above)
    if (how !== NEVER_BEGUN) await begin(job_id)
    const place = { id: `a_${job_id}`, tenant_id: owner.tenant_id, job_id, depth: 1, worker_count: 1 }
    if (how === 'with a place') await trx.insertInto('allocations').values(place).execute()
    return { above, job_id }
  })
}

const heldOver = (job_id: string, seconds: number) => isHeldBelow(database.db.read, job_id, seconds)

const steer = (job_id: string, verb: 'pause' | 'resume') =>
  steerRun(database.db.write, { job_id, verb, actor: SYSTEM, reason_id: null, request_id: randomUUID() })

describe('a job is held from below', () => {
  test('while something there is paused, and for as long again after it was resumed', async () => {
    const { above, job_id } = await below('with a place')
    expect(await heldOver(above, A_MINUTE)).toBe(false)
    await steer(job_id, 'pause')
    expect(await heldOver(above, 0)).toBe(true)
    await steer(job_id, 'resume')
    expect([await heldOver(above, A_MINUTE), await heldOver(above, 0)]).toEqual([true, false])
  })

  test.each(['without a place', NEVER_BEGUN] as const)('by one that is %s', async (how) => {
    expect(await heldOver((await below(how)).above, 0)).toBe(true)
  })

  test('and not by what is over or was never there', async () => {
    const { above, job_id } = await below('without a place')
    await database.db.write.transaction().execute(async (trx) => {
      const end = { job_id, to: 'CANCELED', kind: 'advance', actor: SYSTEM } as const
      await moveJobFrom(trx, ['RUNNING'], end)
    })
    expect(await heldOver(above, 0)).toBe(false)
    expect(await heldOver(newJobId(), 0)).toBe(false)
  })
})
