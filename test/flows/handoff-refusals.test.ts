import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { allowedMoves } from '../../contract/machines.ts'
import { HANDOFF, PHASES, STRAIGHT_WAY, type HandoffState } from '../../contract/machines/handoff-machine.ts'
import { Build, RESULTS } from '../rig/build.ts'
import { independent, sketchPlan } from '../rig/plans.ts'
import { promote, startRig, type Rig } from '../rig/rig.ts'
import type { Reply, Student } from '../rig/student.ts'

let rig: Rig
let student: Student
let operator: Student

beforeAll(async () => {
  rig = await startRig()
  student = await rig.student(null)
  operator = await promote(rig, student, ['jobs:write'])
})
afterAll(() => rig[Symbol.asyncDispose]())

async function buildIn(state: HandoffState): Promise<Build> {
  const build = await Build.start(student)
  await build.to(state === 'error' ? 'testing' : state)
  if (state === 'error') await build.fail()
  return build
}

const rollback = (build: Build, target_state: string): Promise<Reply> =>
  operator.call('POST', `/workflows/${build.id}/rollback`, { body: { target_state, reason: 'x' } })

const sendsBack = (state: HandoffState): boolean =>
  HANDOFF.moves.some(({ from, kind }) => from === state && kind === 'retry')

/** Where a build in a state may be rolled back to; the one in error failed in testing. */
function rollbackTargets(state: HandoffState): readonly HandoffState[] {
  if (state === 'complete') return []
  const rank = STRAIGHT_WAY.indexOf(state === 'error' ? 'testing' : state)
  return PHASES.filter((phase) => STRAIGHT_WAY.indexOf(phase) < rank)
}

const counted = { allowed: 0, refused: 0 }

describe('every state against every wish about it, from the tables', () => {
  test.each(HANDOFF.states)('W22 what %s does not admit is 409 and changes nothing', async (state) => {
    const build = await buildIn(state)
    const before = await build.status()
    const refused: [string, Promise<Reply>][] = []
    for (const completed of HANDOFF.states) {
      if (completed === state && state !== 'complete') counted.allowed += 1
      else refused.push([`advance ${completed}`, build.advance(completed)])
    }
    if (sendsBack(state)) counted.allowed += 1
    else refused.push(['request-retry', build.call('POST', '/request-retry', { reason: 'x' })])
    for (const target of HANDOFF.states) {
      if (rollbackTargets(state).includes(target)) counted.allowed += 1
      else refused.push([`rollback ${target}`, rollback(build, target)])
    }
    counted.refused += refused.length
    for (const [wish, reply] of refused) {
      const { status, body } = await reply
      expect([wish, status, body.code, body.current_state]).toEqual([
        wish,
        409,
        'INVALID_STATE_TRANSITION',
        state,
      ])
      expect(body.detail.length).toBeGreaterThan(20)
      const isAdvance = wish.startsWith('advance') && state !== 'complete'
      expect(body.allowed).toEqual(isAdvance ? [...allowedMoves('handoff', state)] : body.allowed)
    }
    const { elapsed_time: _, ...after } = await build.status()
    expect(before).toMatchObject(after)
  })

  test('that are 300 pairs, of which 45 are allowed and 255 refused', () => {
    expect(counted).toEqual({ allowed: 45, refused: 255 })
  })
})

describe('what cannot be read, or is not yours', () => {
  test('W31 an empty or misshapen phase_result is 422 with pointers into it, and changes nothing', async () => {
    for (const state of STRAIGHT_WAY.slice(0, -1) as (keyof typeof RESULTS)[]) {
      const build = await Build.start(student)
      await build.to(state)
      const good: Record<string, unknown> = RESULTS[state]
      const [key = ''] = Object.keys(good)
      const wrongs = [
        {},
        { ...good, surplus: 1 },
        { ...good, [key]: null },
        // Only a next_state of error makes a reason of it.
        { reason: 'Nobody can do this.' },
      ]
      for (const phase_result of wrongs) {
        const { status, body } = await build.advance(state, { phase_result })
        expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED'])
        for (const { pointer } of body.errors) expect(pointer).toMatch(/^\/phase_result/)
      }
      expect(await build.status()).toMatchObject({ current_state: state })
    }
  })

  test('a pass that the tests do not bear is 422, and so is a next_state of error without its reason', async () => {
    const build = await Build.start(student)
    await build.to('testing')
    for (const phase_result of [
      { ...RESULTS.testing, test_coverage: 79 },
      { ...RESULTS.testing, test_results: [{ criterion: 'a', passed: false, note: 'b' }] },
    ])
      expect((await build.advance('testing', { phase_result })).status).toBe(422)
    for (const phase_result of [RESULTS.testing, { reason: '' }, { reason: 'x', more: 1 }])
      expect((await build.advance('testing', { next_state: 'error', phase_result })).status).toBe(422)
    expect((await build.status()).current_state).toBe('testing')
  })

  test.each(Object.keys(RESULTS) as (keyof typeof RESULTS)[])(
    'a reason alone in %s is 422 with the hint that next_state must be error',
    async (state) => {
      const build = await Build.start(student)
      const { status, body } = await build.advance(state, { phase_result: { reason: 'The brief is gone.' } })
      expect([status, body.code, body.errors]).toEqual([
        422,
        'VALIDATION_FAILED',
        [
          {
            pointer: '/phase_result/reason',
            message: 'says why the work cannot go on: send it with next_state error',
          },
        ],
      ])
    },
  )

  test('names that are none, a missing role and keys nobody knows are 422', async () => {
    const build = await Build.start(student)
    for (const more of [
      { role: 'coder' },
      { role: undefined },
      { completed_state: 'done' },
      { next_state: 'later' },
      { phase_result: [] },
      { surplus: true },
    ])
      expect((await build.advance('discovery', more)).status).toBe(422)
    for (const body of [{}, { reason: '' }, { reason: ' ' }, { reason: 'x'.repeat(501) }])
      expect((await build.call('POST', '/request-retry', body)).status).toBe(422)
    for (const body of [
      { reason: 'x' },
      { target_state: 'done', reason: 'x' },
      { target_state: 'planning' },
    ]) {
      const { status } = await operator.call('POST', `/workflows/${build.id}/rollback`, { body })
      expect(status).toBe(422)
    }
    const start = (body: object) => student.call('POST', '/workflows/p/start', { body })
    for (const body of [
      {},
      { build_id: '' },
      { build_id: 'x'.repeat(129), requirements: {} },
      { build_id: 'b' },
    ])
      expect((await start(body)).status).toBe(422)
    expect((await start({ build_id: 'b', requirements: [], autorun: false })).status).toBe(422)
    expect((await student.call('POST', `/workflows/${'p'.repeat(129)}/start`, { body: {} })).status).toBe(422)
  })

  const everyRoute = (id: string, who: Student): Promise<Reply>[] => [
    who.call('POST', `/workflows/${id}/advance`, {
      body: { role: 'q_assistant', completed_state: 'discovery', phase_result: RESULTS.discovery },
    }),
    who.call('GET', `/workflows/${id}/status`),
    who.call('POST', `/workflows/${id}/request-retry`, { body: { reason: 'x' } }),
    who.call('POST', `/workflows/${id}/rollback`, { body: { target_state: 'discovery', reason: 'x' } }),
    who.call('GET', `/workflows/${id}/history`),
    who.call('GET', `/workflows/${id}/events`),
  ]

  test('W30 every route answers 404 for an unknown workflow, and 422 for an id that is none', async () => {
    const unknown = await Promise.all(everyRoute(randomUUID(), operator))
    expect(unknown.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404])
    const malformed = await Promise.all(everyRoute('not-a-uuid', operator))
    expect(malformed.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 422])
  })

  test('an id in upper case is the same id, in a path as in a body, and a key under it is the same key', async () => {
    const { masterplan_id } = await sketchPlan(rig, student, independent(1))
    const start = async (project: string, build_id: string) => {
      const body = { build_id, requirements: {} }
      return (await student.call('POST', `/workflows/${project}/start`, { body })).body.workflow_id as string
    }
    const [lower, upper] = [masterplan_id, masterplan_id.toUpperCase()]
    const workflow_id = await start(upper, 'first')
    const { body: status } = await student.call('GET', `/workflows/${workflow_id.toUpperCase()}/status`)
    expect([status.workflow_id, status.project_id]).toEqual([workflow_id, lower])
    const { body: stats } = await student.call('GET', `/workflows/project/${upper}/stats`)
    expect([stats.project_id, stats.total_workflows]).toEqual([lower, 1])
    const key = { headers: { 'idempotency-key': randomUUID() } }
    const approve = async (id: string) => student.plan('POST', id, '/approve', key)
    expect((await approve(upper)).body.masterplan_id).toBe(lower)
    expect((await approve(lower)).headers.get('idempotent-replay')).toBe('true')
  })

  test('the build of another user is 404 on every route, and stays as it is', async () => {
    const build = await Build.start(student)
    const stranger = await promote(rig, await rig.student(null), ['jobs:write'])
    const replies = await Promise.all(everyRoute(build.id, stranger))
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404])
    expect(await build.status()).toMatchObject({ current_state: 'discovery' })
  })

  test('without a token every route is 401', async () => {
    const paths = ['status', 'history', 'events'].map((path) => `/workflows/${randomUUID()}/${path}`)
    for (const path of [...paths, '/workflows/project/p/stats'])
      expect((await fetch(`${rig.origin}${path}`)).status).toBe(401)
  })
})

describe('the same request sent again, and many at once', () => {
  test('a repeated request_id answers the stored reply and moves the build once; another body is a conflict', async () => {
    const build = await Build.start(student)
    const request_id = randomUUID()
    const first = await build.advance('discovery', { request_id })
    const again = await build.advance('discovery', { request_id })
    expect([again.status, again.body]).toEqual([200, first.body])
    expect(again.headers.get('idempotent-replay')).toBe('true')
    const other = await build.advance('discovery', { request_id, next_state: 'planning' })
    expect([other.status, other.body.code]).toEqual([409, 'IDEMPOTENCY_CONFLICT'])
    expect((await build.call('GET', '/history')).body.total).toBe(1)
    const row = await rig.db.read
      .selectFrom('transitions')
      .select('request_id')
      .where('entity_id', '=', build.id)
      .where('kind', '=', 'advance')
      .executeTakeFirst()
    expect(row?.request_id).toBe(request_id)
  })

  test('a start repeated with its request_id is the same build, also where its reply was lost', async () => {
    const request_id = randomUUID()
    const body = { build_id: 'lost', requirements: {}, request_id }
    const first = await student.call('POST', '/workflows/again/start', { body })
    await rig.db.write.deleteFrom('idempotency_keys').where('request_id', '=', request_id).execute()
    const again = await student.call('POST', '/workflows/again/start', { body })
    expect([again.status, again.body.workflow_id]).toEqual([201, first.body.workflow_id])
  })

  test('of 10 starts of one name at once one is accepted, and the others are a conflict', async () => {
    const body = { build_id: 'once', requirements: {} }
    const start = () => student.call('POST', '/workflows/at-once/start', { body })
    const replies = await Promise.all(Array.from({ length: 10 }, start))
    const statuses = replies.map(({ status }) => status).toSorted((one, other) => one - other)
    expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)])
  })

  test('of 50 advances at once one wins, and the others are told that the state is another', async () => {
    const build = await Build.start(student)
    // Temporal takes ten wishes of one run at a time: on a busy machine some are told to come again.
    const insist = async (): Promise<Reply> => {
      const reply = await build.advance('discovery')
      return reply.status === 503 ? insist() : reply
    }
    const replies = await Promise.all(Array.from({ length: 50 }, insist))
    const won = replies.filter(({ status }) => status === 200)
    const lost = replies.filter(({ status, body }) => status === 409 && body.current_state === 'planning')
    expect([won.length, lost.length]).toEqual([1, 49])
    expect((await build.call('GET', '/history')).body.total).toBe(1)
    expect(await build.status()).toMatchObject({ current_state: 'planning' })
  })
})
