import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { StreamEvent } from '../../contract/events.ts'
import { PHASES, STRAIGHT_WAY, type Phase } from '../../contract/machines/handoff-machine.ts'
import { Build } from '../rig/build.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import { expectSoundStream } from './history.ts'
import { HeldWrites, type WriteToHold } from './hold-writes.ts'

interface Run {
  readonly phase: Phase
  readonly build: Build
  /** What the open stream of a client brought. */
  readonly live: Promise<readonly StreamEvent[]>
  /** States that had left their result when the worker was dead. */
  leftAtDeath: readonly string[]
}

let rig: Rig
const runs = new Map<string, Run>()

async function resultsOf({ id }: Build) {
  return rig.db.read
    .selectFrom('handoff_results')
    .select(['state', 'attempt', 'superseded'])
    .where('workflow_id', '=', id)
    .orderBy('created_at')
    .execute()
}

const isOver = ({ event_type }: StreamEvent): boolean =>
  event_type === 'workflow_completed' || event_type === 'workflow_failed'

// All builds stand at their moment together: one kill ends twelve of them, and one new worker finishes them.
beforeAll(async () => {
  rig = await startRig({
    env: { DATABASE_POOL_SIZE: '40', STAGE_MAX_ATTEMPTS: '20', STAGE_HEARTBEAT_MS: '3000' },
  })
  await using writes = await HeldWrites.open(rig)
  for (const moment of ['write', 'commit'] as const) {
    for (const phase of PHASES) {
      const student = await rig.student(null)
      await writes.hold({ user_id: student.user_id, what: phase, moment })
      const build = await Build.start(student, { autorun: true })
      runs.set(`${moment} ${phase}`, { phase, build, live: build.eventsUntil(isOver), leftAtDeath: [] })
    }
  }
  await writes.reached()
  await rig.killWorker()
  await writes.release('waymark-worker')
  for (const run of runs.values()) run.leftAtDeath = (await resultsOf(run.build)).map(({ state }) => state)
  await rig.startWorker()
  await Promise.all([...runs.values()].map(({ live }) => live))
}, 180_000)

afterAll(() => rig[Symbol.asyncDispose]())

function runOf(moment: WriteToHold['moment'], phase: Phase): Run {
  const run = runs.get(`${moment} ${phase}`)
  if (run === undefined) throw new Error(`no run for ${moment} ${phase}`)
  return run
}

/** As an undisturbed build ends: every state once, in order, each told once, and nothing taken. */
async function expectWhole({ build, live }: Run): Promise<void> {
  const results = await resultsOf(build)
  const states = STRAIGHT_WAY.slice(0, -1)
  expect(new Set(results.map(({ state }) => state))).toEqual(new Set(states))
  expect(results).toHaveLength(states.length)
  expect(results.every(({ attempt, superseded }) => attempt === 1 && !superseded)).toBe(true)
  const events = await live
  expectSoundStream(events)
  expect(events).toHaveLength(11)
  expect(events.at(-1)?.event_type).toBe('workflow_completed')
  expect(await build.status()).toMatchObject({ status: 'complete', progress: 100 })
  const held = await rig.db.read
    .selectFrom('allocations')
    .innerJoin('processing_jobs as job', 'job.job_id', 'allocations.job_id')
    .select('allocations.id')
    .where('job.user_id', '=', build.student.user_id)
    .where('released_at', 'is', null)
    .execute()
  expect(held).toEqual([])
}

describe('a worker killed while it writes what a phase of a build came to', () => {
  test.each(PHASES)('leaves nothing of %s behind, and another worker works it', async (phase) => {
    const run = runOf('write', phase)
    const before = STRAIGHT_WAY.slice(0, STRAIGHT_WAY.indexOf(phase))
    expect(new Set(run.leftAtDeath)).toEqual(new Set(before))
    await expectWhole(run)
  })
})

describe('a worker killed after the commit, before it could tell anybody', () => {
  test.each(PHASES)('does not have %s worked again', async (phase) => {
    const run = runOf('commit', phase)
    expect(run.leftAtDeath).toContain(phase)
    await expectWhole(run)
  })
})
