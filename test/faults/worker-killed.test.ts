import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { StreamEvent } from '../../contract/events.ts'
import { PLAN_STAGES, type PlanStage } from '../../contract/stages.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { ARTEFACTS, artefactsOf, expectOnePlan, runIdOf, startsOf } from './history.ts'
import { HeldWrites, type WriteToHold } from './hold-writes.ts'

const PRESENTATION = '2103/5104'

interface AtDeath {
  readonly artefacts: readonly string[]
  readonly completed: readonly StreamEvent['stage'][]
  readonly last_seq: number
}

interface Run {
  readonly stage: PlanStage
  readonly student: Student
  readonly workspace_id: string
  /** What the open stream of a client brought, and what was stored while no worker lived. */
  live: StreamEvent[]
  atDeath: AtDeath
  events: StreamEvent[]
}

let rig: Rig
const runs = new Map<string, Run>()

async function follow(run: Run): Promise<void> {
  using reader = await run.student.stream(PRESENTATION)
  await reader.until(({ events }) => events.some(({ event }) => event === 'plan_ready'))
  run.live = reader.events.map(({ data }) => data as unknown as StreamEvent)
}

async function begin(writes: HeldWrites, stage: PlanStage, moment: WriteToHold['moment']): Promise<Run> {
  const student = await rig.student()
  const what = ARTEFACTS[PLAN_STAGES.indexOf(stage)] ?? ''
  await writes.hold({ user_id: student.user_id, what, moment })
  const { body } = await student.start(PRESENTATION)
  const atDeath = { artefacts: [], completed: [], last_seq: 0 }
  return { stage, student, workspace_id: body.workspace_id, live: [], atDeath, events: [] }
}

async function readAtDeath({ workspace_id }: Run): Promise<AtDeath> {
  const events = await rig.db.read
    .selectFrom('events')
    .select(['seq', 'type', 'body'])
    .where('stream_id', '=', workspace_id)
    .orderBy('seq')
    .execute()
  const completed = events.filter(({ type }) => type === 'stage_completed')
  return {
    artefacts: await artefactsOf(rig, workspace_id),
    completed: completed.map(({ body }) => (body as StreamEvent).stage),
    last_seq: events.at(-1)?.seq ?? 0,
  }
}

// All runs stand at their moment together: one kill ends twelve of them, and one new worker finishes them.
beforeAll(async () => {
  rig = await startRig({
    env: { DATABASE_POOL_SIZE: '30', STAGE_MAX_ATTEMPTS: '20', STAGE_HEARTBEAT_MS: '3000' },
    canvas: { bucket: { maximum: 8_000, highWaterMark: 6_000, outflow: 100, upFrontCost: 1 } },
  })
  await using writes = await HeldWrites.open(rig)
  for (const moment of ['write', 'commit'] as const) {
    for (const stage of PLAN_STAGES.toReversed())
      runs.set(`${moment} ${stage}`, await begin(writes, stage, moment))
  }
  const all = [...runs.values()]
  const following = all.map(follow)
  await writes.reached()
  await rig.killWorker()
  await writes.release('waymark-worker')
  for (const run of all) run.atDeath = await readAtDeath(run)
  await rig.startWorker()
  for (const run of all) run.events = await run.student.finished(PRESENTATION)
  await Promise.all(following)
})

afterAll(() => rig[Symbol.asyncDispose]())

function runOf(moment: WriteToHold['moment'], stage: PlanStage): Run {
  const run = runs.get(`${moment} ${stage}`)
  if (run === undefined) throw new Error(`no run for ${moment} ${stage}`)
  return run
}

async function expectWhole(run: Run): Promise<void> {
  expectOnePlan(run.events)
  expect(run.live).toEqual(run.events)
  expect(await artefactsOf(rig, run.workspace_id)).toEqual(ARTEFACTS)
  expect((await run.student.snapshot(PRESENTATION)).status).toBe('ready')
  const since = run.events.filter(({ seq }) => seq > run.atDeath.last_seq)
  expect(run.atDeath.completed.filter((stage) => startsOf(since, stage) > 0)).toEqual([])
}

describe('a worker killed while it stores what a stage found', () => {
  test.each(PLAN_STAGES)('leaves nothing of %s behind, and another worker does the stage', async (stage) => {
    const run = runOf('write', stage)
    const before = PLAN_STAGES.slice(0, PLAN_STAGES.indexOf(stage))
    expect(run.atDeath).toMatchObject({ artefacts: ARTEFACTS.slice(0, before.length), completed: before })
    await expectWhole(run)
    expect(startsOf(run.events, stage)).toBeGreaterThanOrEqual(2)
  })
})

describe('a worker killed after the commit of stage_completed, before it could tell anybody', () => {
  test.each(PLAN_STAGES)('does not make another worker do %s again', async (stage) => {
    const run = runOf('commit', stage)
    const done = PLAN_STAGES.slice(0, PLAN_STAGES.indexOf(stage) + 1)
    const stored = stage === 'finalize_plan' ? ARTEFACTS : ARTEFACTS.slice(0, done.length)
    expect(run.atDeath).toMatchObject({ artefacts: stored, completed: done })
    await expectWhole(run)
  })

  test('ends the Temporal run well too', async () => {
    const { student } = runOf('commit', 'finalize_plan')
    const handle = rig.temporal.workflow.getHandle(runIdOf(student, PRESENTATION))
    await handle.result()
    expect((await handle.describe()).status.name).toBe('COMPLETED')
  })
})
