import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { Masterplan } from '../../contract/masterplans.ts'
import { masterplanRun } from '../../contract/run-budget.ts'
import { executePlan } from '../rig/execution.ts'
import { draftAnew, independent, planAnew, sketchPlan } from '../rig/plans.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { openStream } from '../streams/read-stream.ts'

let rig: Rig
let student: Student
/** A draft of its own for each test. */
let id: string

beforeAll(async () => {
  rig = await startRig({ env: { RECONCILE_SECONDS: '3600' } })
  student = await rig.student(null)
})

afterAll(() => rig[Symbol.asyncDispose]())

beforeEach(async () => {
  id = (await sketchPlan(rig, student, independent(2))).masterplan_id
})

const read = async (): Promise<Masterplan> => Masterplan.parse((await student.plan('GET', id)).body)

const jobOf = (masterplan_id: string) =>
  rig.db.read
    .selectFrom('masterplans')
    .select('job_id')
    .where('masterplan_id', '=', masterplan_id)
    .executeTakeFirstOrThrow()

describe('a version', () => {
  const ifMatch = (etag: string) => ({ headers: { 'if-match': etag } })

  test.each(['/approve', '/reject', '/execute'])(
    'that is stale is 412 on %s and changes nothing',
    async (path) => {
      if (path === '/execute') await student.plan('POST', id, '/approve')
      const before = await read()
      const { status, body } = await student.plan('POST', id, path, ifMatch('"99"'))
      expect([status, body.code]).toEqual([412, 'STALE_VERSION'])
      expect(body.detail).toContain('has changed since you looked')
      expect(await read()).toEqual(before)
    },
  )

  test('that is right lets approve, execute and, on another, reject through', async () => {
    const { headers } = await student.plan('GET', id)
    const approved = await student.plan('POST', id, '/approve', ifMatch(headers.get('etag') ?? ''))
    expect(approved.status).toBe(200)
    const executed = await student.plan('POST', id, '/execute', ifMatch(approved.headers.get('etag') ?? ''))
    expect(executed.status).toBe(200)
    const other = (await sketchPlan(rig, student, independent(1))).masterplan_id
    const rejected = await student.plan('POST', other, '/reject', ifMatch('"7", "1"'))
    expect([rejected.status, rejected.body.status]).toEqual([200, 'rejected'])
  })

  test('has changed for a reader once something was paid for, and not for whoever approves', async () => {
    const { headers } = await student.plan('GET', id)
    const etag = headers.get('etag') ?? ''
    const call = { call_id: randomUUID(), job_id: (await jobOf(id)).job_id, tenant_id: student.user_id }
    const cost = { input_tokens: 100, output_tokens: 20, cost_micro_usd: 700, duration_ms: 5 }
    const named = {
      provider: 'openai',
      model: 'big',
      prompt_version: 'x@1.0.0',
      outcome: 'ok',
      failure: null,
    }
    await rig.db.write
      .insertInto('llm_calls')
      .values({
        ...call,
        ...cost,
        ...named,
        run: masterplanRun(id),
        generation: 1,
        stage: 'guide',
        state: 'settled',
      })
      .execute()
    const reply = await student.plan('GET', id, '', { headers: { 'if-none-match': etag } })
    expect([reply.status, reply.headers.get('etag') === etag]).toEqual([200, false])
    expect((await student.plan('POST', id, '/approve', ifMatch(etag))).status).toBe(200)
  })

  test('answers 304 to a detail that is known, and 200 once it has changed', async () => {
    const { headers } = await student.plan('GET', id)
    const known = { headers: { 'if-none-match': headers.get('etag') ?? '' } }
    expect((await student.plan('GET', id, '', known)).status).toBe(304)
    await student.plan('POST', id, '/approve')
    expect((await student.plan('GET', id, '', known)).status).toBe(200)
  })
})

describe('the stream', () => {
  test('of a completed plan ends once the plan that replaces it is there', async () => {
    const plan = await sketchPlan(rig, student, [[]])
    await executePlan(student, plan)
    const last = (await student.executed(plan.masterplan_id)).at(-1)
    const headers = { authorization: `Bearer ${student.token}` }
    const url = `${rig.origin}/masterplans/${plan.masterplan_id}/events`
    const seen = { ...headers, 'last-event-id': String(last?.seq) }
    {
      using open = await openStream(url, { headers: seen })
      expect(open.status).toBe(200)
    }
    await planAnew(rig, student, plan)
    // The old one may still be taken up should the new planning fail.
    {
      using open = await openStream(url, { headers: seen })
      expect(open.status).toBe(200)
    }
    await draftAnew(rig, plan, [[]])
    using reader = await openStream(`${url}?after=0`, { headers })
    await reader.until(({ messages }) => messages.some(({ event }) => event === 'end'))
    expect(reader.lastId).toBe(last?.seq)
    expect((await fetch(url, { headers: seen })).status).toBe(204)
  })
})
