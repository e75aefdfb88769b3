import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { PLAN_VERBS, type PlanVerb } from '../../../contract/execution/plan-controls.ts'
import { countTasks, wholePercent } from '../../../contract/execution/plan-progress.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { PlanSteps } from '../../../test/rig/plan-states.ts'
import { planAnew, sketchPlan, type Ground, type SketchedPlan, type Waits } from '../../../test/rig/plans.ts'
import { insertAccount } from '../../intents/accounts.ts'
import { listTasks } from './plan-rows.ts'

let database: TestDatabase
let ground: Ground
let user_id: string

beforeAll(async () => {
  database = await createTestDatabase()
  ground = { db: database.db, folder: await mkdtemp(join(tmpdir(), 'waymark-steps-')) }
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await rm(ground.folder, { recursive: true })
})
beforeEach(async () => {
  user_id = randomUUID()
  const account = { user_id, tenant_id: user_id, email: `${user_id}@example.org`, password_hash: 'none' }
  await insertAccount(ground.db.write, account)
})

async function sketch(waits: Waits): Promise<{ readonly plan: SketchedPlan; readonly steps: PlanSteps }> {
  const plan = await sketchPlan(ground, { user_id }, waits)
  return { plan, steps: new PlanSteps(ground, { user_id }, plan) }
}

const readRow = (plan: SketchedPlan) =>
  ground.db.read
    .selectFrom('masterplans')
    .selectAll()
    .where('masterplan_id', '=', plan.masterplan_id)
    .executeTakeFirstOrThrow()

async function openJobs({ workspace_id }: SketchedPlan) {
  return ground.db.read
    .selectFrom('processing_jobs')
    .select(['job_id', 'kind', 'subject_id'])
    .where('workspace_id', '=', workspace_id)
    .where('kind', '!=', 'assignment')
    .where('status', 'in', ['SUBMITTED', 'PENDING', 'RUNNING'])
    .execute()
}

const kindsOf = async (plan: SketchedPlan) => (await openJobs(plan)).map(({ kind }) => kind).toSorted()

describe('the jobs below a masterplan', () => {
  // Task 1 is a part of its own, so are 2 and 3, and 4.
  const waits = [[], [], [1], []]

  test('end with it when a task of another part is blocked last', async () => {
    const { plan, steps } = await sketch(waits)
    await steps.wish('approve')
    await steps.wish('execute')
    for (const number of [1, 2, 4]) expect(await steps.begin(number)).toBe('started')
    await steps.pass(2)
    await steps.pass(4)
    await steps.fail(1, 'MODEL_REFUSED')
    expect((await readRow(plan)).status).toBe('completed')
    expect(await kindsOf(plan)).toEqual([])
  })

  test('end with one that cannot go on, but for what is at work', async () => {
    const { plan, steps } = await sketch(waits)
    await steps.wish('approve')
    await steps.wish('execute')
    for (const number of [1, 2]) await steps.begin(number)
    await steps.fail(1, 'BUDGET_EXCEEDED')
    expect((await readRow(plan)).status).toBe('failed')
    expect(await kindsOf(plan)).toEqual(['milestone', 'task'])
    await steps.pass(2)
    expect(await kindsOf(plan)).toEqual([])
  })
})

const eventsOf = ({ masterplan_id }: SketchedPlan) =>
  ground.db.read
    .selectFrom('events')
    .select(['seq', 'body'])
    .where('stream_id', '=', masterplan_id)
    .orderBy('seq')
    .execute()

const statesOf = async ({ masterplan_id }: SketchedPlan) =>
  (await listTasks(ground.db.read, masterplan_id)).map(({ status }) => status)

describe('one id', () => {
  let plan: SketchedPlan
  let steps: PlanSteps
  const failFirst = async () => {
    await steps.begin(1)
    await steps.fail(1, 'BUDGET_EXCEEDED')
  }

  beforeEach(async () => {
    ;({ plan, steps } = await sketch([[], []]))
    await steps.wish('approve')
    await steps.wish('execute')
    await failFirst()
  })

  test('for the retry of a plan and then of its task, which failed again, is two wishes', async () => {
    const id = randomUUID()
    expect([await steps.wish('retry', id), (await readRow(plan)).status]).toEqual(['changed', 'in_progress'])
    await failFirst()
    expect(await steps.retry(1, id)).toBe('retried')
    expect((await readRow(plan)).status).toBe('in_progress')
  })

  test('for the retry of a task and then of its plan, which failed again, is two wishes', async () => {
    const id = randomUUID()
    expect(await steps.retry(1, id)).toBe('retried')
    await failFirst()
    expect([await steps.wish('retry', id), (await readRow(plan)).status]).toEqual(['changed', 'in_progress'])
    await failFirst()
    for (const again of [await steps.wish('retry', id), await steps.retry(1, id)])
      expect(['changed', 'retried']).toContain(again)
    // Both were carried out before.
    expect((await readRow(plan)).status).toBe('failed')
  })
})

test('a plan that was retried while a task was at work leaves no job and no place behind when it is cancelled', async () => {
  const { plan, steps } = await sketch([[], []])
  await steps.wish('approve')
  await steps.wish('execute')
  for (const number of [1, 2]) await steps.begin(number)
  await steps.fail(1, 'BUDGET_EXCEEDED')
  await steps.wish('retry')
  await steps.wish('cancel')
  expect(await openJobs(plan)).toEqual([])
  expect((await countHeld(plan)).rows).toBe(0)
})

describe('a plan that has failed while a task is at work', () => {
  let plan: SketchedPlan
  let steps: PlanSteps

  beforeEach(async () => {
    ;({ plan, steps } = await sketch([[], [], [], [2]]))
    await steps.wish('approve')
    await steps.wish('execute')
    for (const number of [1, 2]) await steps.begin(number)
    await steps.fail(1, 'BUDGET_EXCEEDED')
  })

  test('is rejected with everything that was open, and nothing is told after that', async () => {
    expect(await steps.wish('reject')).toBe('changed')
    expect(await statesOf(plan)).toEqual(['failed', 'skipped', 'skipped', 'skipped'])
    expect(await openJobs(plan)).toEqual([])
    const told = await eventsOf(plan)
    expect(told.at(-1)?.body).toMatchObject({
      event_type: 'masterplan_status',
      payload: { status: 'rejected' },
    })
    await steps.pass(2)
    expect(await eventsOf(plan)).toEqual(told)
  })

  test('stops with its assignment being planned anew, and is taken up by nobody', async () => {
    const raised = await planAnew(ground, { user_id }, plan)
    expect(raised).toMatchObject({ outcome: 'raised', masterplan_ids: [plan.masterplan_id] })
    expect((await readRow(plan)).status).toBe('failed')
    expect(await statesOf(plan)).toEqual(['failed', 'skipped', 'skipped', 'skipped'])
    expect((await countHeld(plan)).rows).toBe(0)
    expect([await steps.wish('retry'), await steps.retry(1)]).toEqual(['outdated', 'outdated'])
    expect((await readRow(plan)).status).toBe('failed')
  })
})

type Step =
  | { readonly kind: 'wish'; readonly verb: PlanVerb }
  | { readonly kind: 'begin' | 'pass' | 'refused' | 'fails' | 'budget' | 'retry'; readonly number: number }

const SIZE = 8
const number = fc.integer({ min: 1, max: SIZE })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wish' as const), verb: fc.constantFrom(...PLAN_VERBS) }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom('begin', 'pass', 'fails'), number }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('refused', 'retry'), number }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('budget' as const), number }) },
)
/** Tasks wait for tasks before them. */
const graph: fc.Arbitrary<Waits> = fc
  .tuple(
    ...Array.from({ length: SIZE }, (_, index) =>
      fc.subarray(Array.from({ length: index }, (_, n) => n + 1)),
    ),
  )
  .map((rows) => rows.map((row) => row.slice(0, 2)))

const TAKE: {
  readonly [K in Exclude<Step['kind'], 'wish'>]: (steps: PlanSteps, number: number) => Promise<unknown>
} = {
  begin: (steps, number) => steps.begin(number),
  pass: (steps, number) => steps.pass(number),
  refused: (steps, number) => steps.fail(number, 'MODEL_REFUSED'),
  fails: (steps, number) => steps.fail(number, 'RETRIES_EXHAUSTED', true),
  budget: (steps, number) => steps.fail(number, 'BUDGET_EXCEEDED'),
  retry: (steps, number) => steps.retry(number),
}

const take = (steps: PlanSteps, wanted: Step): Promise<unknown> =>
  wanted.kind === 'wish' ? steps.wish(wanted.verb) : TAKE[wanted.kind](steps, wanted.number)

async function expectWhole(plan: SketchedPlan): Promise<void> {
  const row = await readRow(plan)
  const tasks = await listTasks(ground.db.read, plan.masterplan_id)
  const { running_tasks, waiting_tasks, ...counts } = countTasks(tasks)
  expect(row).toMatchObject(counts)
  const breathing = tasks.filter(({ status }) => status === 'in_progress' || status === 'validating')
  // What a person ended is ended at once.
  const isStopped = row.status === 'cancelled' || row.status === 'rejected'
  expect(isStopped ? breathing : []).toEqual([])
  const open = await openJobs(plan)
  const ofKind = (kind: string) => open.filter((job) => job.kind === kind)
  expect(new Set(ofKind('task').map(({ subject_id }) => subject_id))).toEqual(
    new Set<string | null>(breathing.map(({ task_id }) => task_id)),
  )
  expect(ofKind('task')).toHaveLength(breathing.length)
  const isExecuting = row.status === 'in_progress' || row.status === 'paused'
  const isOpen = row.status === 'draft' || row.status === 'approved' || isExecuting
  expect(ofKind('masterplan').map(({ job_id }) => job_id)).toEqual(isOpen ? [row.job_id] : [])
  const canGoOn = isExecuting ? tasks.filter(({ status }) => status === 'pending' || status === 'ready') : []
  const parts = new Set([...breathing, ...canGoOn].map(({ milestone_id }) => milestone_id))
  for (const { milestone_id } of breathing)
    expect(ofKind('milestone').map(({ subject_id }) => subject_id)).toContain(milestone_id)
  for (const { subject_id } of ofKind('milestone')) expect(parts).toContain(subject_id)
  const { rows: held } = await countHeld(plan)
  expect(held).toBe(breathing.length)
  expect(running_tasks + waiting_tasks).toBeGreaterThanOrEqual(row.status === 'in_progress' ? 1 : 0)
  await expectEvents(plan, wholePercent(row, row.status))
}

async function countHeld({ workspace_id }: SketchedPlan): Promise<{ readonly rows: number }> {
  return ground.db.read
    .selectFrom('allocations')
    .innerJoin('processing_jobs as job', 'job.job_id', 'allocations.job_id')
    .select((row) => row.fn.countAll<number>().as('rows'))
    .where('job.workspace_id', '=', workspace_id)
    .where('released_at', 'is', null)
    .executeTakeFirstOrThrow()
}

async function expectEvents({ masterplan_id }: SketchedPlan, progress: number): Promise<void> {
  const events = await ground.db.read
    .selectFrom('events')
    .select(['seq', 'body'])
    .where('stream_id', '=', masterplan_id)
    .orderBy('seq')
    .execute()
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(events.at(-1)?.body).toMatchObject({ progress })
}

test('whatever is wished and whatever becomes of its tasks, rows, jobs, places and events tell the same', async () => {
  let checked = 0
  await fc.assert(
    fc.asyncProperty(graph, fc.array(step, { minLength: 20, maxLength: 40 }), async (waits, wanted) => {
      const { plan, steps } = await sketch(waits)
      await steps.wish('approve')
      await steps.wish('execute')
      for (const next of wanted) {
        await take(steps, next)
        await expectWhole(plan)
        checked += 1
      }
    }),
    { numRuns: 25, endOnFailure: true },
  )
  expect(checked).toBeGreaterThanOrEqual(25 * 20)
})
