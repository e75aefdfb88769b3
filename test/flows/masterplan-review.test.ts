import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { Masterplan, MasterplanList } from '../../contract/masterplans.ts'
import { planIn } from '../rig/plan-states.ts'
import { independent, sketchPlan } from '../rig/plans.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Reply, Student } from '../rig/student.ts'

const AT_ONCE = 50

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

const many = <T>(count: number, work: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, work))

const read = async (): Promise<Masterplan> => Masterplan.parse((await student.plan('GET', id)).body)

async function movesOf(masterplan_id: string) {
  const rows = await rig.db.read
    .selectFrom('transitions')
    .select(['from_state', 'to_state', 'actor_type', 'actor_id', 'reason', 'request_id'])
    .where('machine', '=', 'plan')
    .where('entity_id', '=', masterplan_id)
    .where('from_state', 'is not', null)
    .orderBy('seq')
    .execute()
  return rows.map(({ from_state, to_state, ...by }) => ({ step: `${from_state} → ${to_state}`, ...by }))
}

const codesOf = (replies: readonly Reply[]): readonly string[] => [
  ...new Set(replies.map(({ status, body }) => `${status} ${body.code}`)),
]

describe('a review', () => {
  test('M2 Approving an unknown masterplan is 404', async () => {
    const { status, body } = await student.plan('POST', randomUUID(), '/approve')
    expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
    expect(body.detail).toContain('GET /masterplans lists those you have')
  })

  test('M3 Approving an approved one is 400 INVALID_STATE_TRANSITION', async () => {
    await student.plan('POST', id, '/approve')
    const { status, body } = await student.plan('POST', id, '/approve')
    expect([status, body.code, body.current_state]).toEqual([400, 'INVALID_STATE_TRANSITION', 'approved'])
    expect(body.allowed.toSorted()).toEqual(['cancelled', 'in_progress', 'rejected'])
  })

  test('M6 Rejecting a draft gives rejected', async () => {
    const { status, body } = await student.plan('POST', id, '/reject', { body: {} })
    expect([status, body.status, body.rejection_reason]).toEqual([200, 'rejected', null])
    expect((await read()).status).toBe('rejected')
  })

  test('M7 A rejection reason is stored and returned', async () => {
    const rejection_reason = 'Too few steps before the first draft.\nSplit the second one.'
    const { status, body } = await student.plan('POST', id, '/reject', { body: { rejection_reason } })
    expect([status, body.rejection_reason]).toEqual([200, rejection_reason])
    expect((await read()).rejection_reason).toBe(rejection_reason)
    const by = { actor_type: 'user', actor_id: student.user_id, reason: rejection_reason }
    expect(await movesOf(id)).toMatchObject([{ step: 'draft → rejected', ...by }])
  })

  test('M7 a reason of more than 2,000 characters is 422 and rejects nothing', async () => {
    const body = { rejection_reason: 'x'.repeat(2_001) }
    const reply = await student.plan('POST', id, '/reject', { body })
    expect([reply.status, reply.body.errors[0].pointer]).toEqual([422, '/rejection_reason'])
    expect((await read()).status).toBe('draft')
  })

  test('M8 Reject works without a body', async () => {
    const { status, body } = await student.plan('POST', id, '/reject')
    expect([status, body.status]).toEqual([200, 'rejected'])
  })

  test('M9 Rejecting an unknown masterplan is 404', async () => {
    const { status, body } = await student.plan('POST', randomUUID(), '/reject')
    expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
  })

  test('M10 Rejecting a rejected one is 400', async () => {
    await student.plan('POST', id, '/reject')
    const { status, body } = await student.plan('POST', id, '/reject', {
      body: { rejection_reason: 'Again.' },
    })
    expect([status, body.code, body.current_state]).toEqual([400, 'INVALID_STATE_TRANSITION', 'rejected'])
    expect((await read()).rejection_reason).toBeNull()
  })

  test('M14 Executing an unknown one is 404', async () => {
    const { status, body } = await student.plan('POST', randomUUID(), '/execute')
    expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
  })
})

describe('a wish sent again with its id', () => {
  test('gets the reply of the first, and is carried out once', async () => {
    const sent = { body: { request_id: randomUUID() } }
    const first = await student.plan('POST', id, '/approve', sent)
    const again = await student.plan('POST', id, '/approve', sent)
    expect([first.status, first.headers.get('idempotent-replay')]).toEqual([200, null])
    expect([again.status, again.headers.get('idempotent-replay')]).toEqual([200, 'true'])
    expect(again.body).toEqual(first.body)
    const [move, ...further] = await movesOf(id)
    expect([move?.request_id, further]).toEqual([sent.body.request_id, []])
  })

  test('but another body is 409 IDEMPOTENCY_CONFLICT', async () => {
    const request_id = randomUUID()
    await student.plan('POST', id, '/reject', { body: { request_id, rejection_reason: 'Too long.' } })
    const other = { body: { request_id, rejection_reason: 'Too short.' } }
    const { status, body } = await student.plan('POST', id, '/reject', other)
    expect([status, body.code]).toEqual([409, 'IDEMPOTENCY_CONFLICT'])
    expect((await read()).rejection_reason).toBe('Too long.')
  })

  test('after its kept reply was lost is still carried out once', async () => {
    const headers = { 'idempotency-key': randomUUID() }
    await student.plan('POST', id, '/approve', { headers })
    await rig.db.write.deleteFrom('idempotency_keys').execute()
    const { status, body } = await student.plan('POST', id, '/approve', { headers })
    expect([status, body.status]).toEqual([200, 'approved'])
    expect(await movesOf(id)).toHaveLength(1)
  })
})

describe('wishes at once', () => {
  test(`${AT_ONCE} approvals: one wins, the others are told that it is approved`, async () => {
    const replies = await many(AT_ONCE, () => student.plan('POST', id, '/approve'))
    const won = replies.filter(({ status }) => status === 200)
    expect(won).toHaveLength(1)
    const lost = replies.filter((reply) => !won.includes(reply))
    expect(codesOf(lost)).toEqual(['400 INVALID_STATE_TRANSITION'])
    expect((await movesOf(id)).map(({ step }) => step)).toEqual(['draft → approved'])
  })

  test(`${AT_ONCE} approvals with one id: one is carried out, the others get its reply or are told to wait`, async () => {
    const sent = { body: { request_id: randomUUID() } }
    const replies = await many(AT_ONCE, () => student.plan('POST', id, '/approve', sent))
    const answered = replies.filter(({ status }) => status === 200)
    const own = answered.filter(({ headers }) => !headers.has('idempotent-replay'))
    expect(own).toHaveLength(1)
    for (const { body } of answered) expect(body).toEqual(own[0]?.body)
    const waiting = replies.filter(({ status }) => status !== 200)
    expect(codesOf(waiting).filter((code) => code !== '409 IDEMPOTENCY_IN_PROGRESS')).toEqual([])
    expect(await movesOf(id)).toHaveLength(1)
  })

  const race = async (masterplan_id: string, round: number, headers = {}) => {
    const wishes = ['/approve', '/reject'].map(
      (path) => () => student.plan('POST', masterplan_id, path, { headers }),
    )
    const order = round % 2 === 0 ? wishes : wishes.toReversed()
    const replies = await Promise.all(order.map((wish) => wish()))
    const won = replies.filter(({ status }) => status === 200)
    const lost = replies.filter((reply) => !won.includes(reply))
    return { won, lost, steps: (await movesOf(masterplan_id)).map(({ step }) => step) }
  }

  test('an approval and a rejection of one version: exactly one wins', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { masterplan_id } = await sketchPlan(rig, student, independent(1))
      const { won, lost, steps } = await race(masterplan_id, round, { 'if-match': '"1"' })
      expect([won.length, lost.length]).toEqual([1, 1])
      expect(['400 INVALID_STATE_TRANSITION', '412 STALE_VERSION']).toContain(codesOf(lost)[0])
      expect(steps).toEqual([won[0]?.body.status === 'approved' ? 'draft → approved' : 'draft → rejected'])
    }
  })

  test('an approval and a rejection of whatever is there: each that wins is one step of the table', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { masterplan_id } = await sketchPlan(rig, student, independent(1))
      const { won, lost, steps } = await race(masterplan_id, round)
      // An approved plan may still be rejected, so both are admitted in that order.
      const both = ['draft → approved', 'approved → rejected']
      expect([['draft → rejected'], both]).toContainEqual(steps)
      expect(won).toHaveLength(steps.length)
      expect(codesOf(lost)).toEqual(lost.length === 0 ? [] : ['400 INVALID_STATE_TRANSITION'])
    }
  })

  test('two executions: one begins, the other is told that it already runs', async () => {
    await student.plan('POST', id, '/approve')
    const replies = await many(2, () => student.plan('POST', id, '/execute'))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(codesOf(replies.filter(({ status }) => status !== 200))).toEqual(['400 INVALID_STATE_TRANSITION'])
    expect((await movesOf(id)).filter(({ step }) => step === 'approved → in_progress')).toHaveLength(1)
  })
})

describe('lists', () => {
  const list = async (who: Student, query = '') =>
    MasterplanList.parse((await who.call('GET', `/masterplans${query}`)).body)

  test("M15 The list pages, filters by status, is empty for a new user, and never shows another user's plans", async () => {
    const owner = await rig.student(null)
    expect(await list(owner)).toEqual({ masterplans: [], total: 0, limit: 50, offset: 0 })
    const ids: string[] = []
    for (const state of ['draft', 'approved', 'rejected', 'draft'] as const)
      ids.unshift((await planIn(state, rig, owner)).masterplan_id)
    const all = await list(owner)
    expect(all.masterplans.map(({ masterplan_id }) => masterplan_id)).toEqual(ids)
    const page = await list(owner, '?limit=2&offset=1')
    expect(page.masterplans.map(({ masterplan_id }) => masterplan_id)).toEqual(ids.slice(1, 3))
    expect([page.total, page.limit, page.offset]).toEqual([4, 2, 1])
    const drafts = await list(owner, '?status=draft')
    expect(drafts.masterplans.map(({ masterplan_id }) => masterplan_id)).toEqual([ids[0], ids[3]])
    expect(drafts.total).toBe(2)
    expect((await list(await rig.student(null))).total).toBe(0)
    const others = (await list(student)).masterplans.map(({ masterplan_id }) => masterplan_id)
    expect(others.filter((other) => ids.includes(other))).toEqual([])
  })

  test.each(['?status=finished', '?limit=0', '?limit=101', '?offset=-1', '?limit=ten', '?colour=red'])(
    'M15 a filter that is malformed is 400: %s',
    async (query) => {
      const { status, body } = await student.call('GET', `/masterplans${query}`)
      expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
    },
  )

  test("M16 Detail has phases; unknown or another user's is 404", async () => {
    expect((await read()).phases.map(({ phase_number }) => phase_number)).toEqual([1, 2, 3])
    expect((await student.plan('GET', randomUUID())).status).toBe(404)
    expect((await (await rig.student(null)).plan('GET', id)).status).toBe(404)
  })

  test('M17 Summaries have no phases; detail has discovery_id and session_id', async () => {
    const [summary] = (await list(student, '?limit=1')).masterplans
    expect(summary?.masterplan_id).toBe(id)
    expect(Object.keys(summary ?? {})).not.toContain('phases')
    const plan = await read()
    expect(plan).toMatchObject({ session_id: null, user_id: student.user_id })
    expect(plan.discovery_id).toMatch(/^[0-9a-f-]{36}$/)
    const { phases: _, ...rest } = plan
    expect(rest).toMatchObject({ ...summary })
  })
})
