import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { startRig, type Rig } from '../rig/rig.ts'
import { turn } from '../streams/read-stream.ts'

const WAITING = `select count(*)::int as waiting from pg_locks
  where not granted and relation = 'tallies'::regclass`

let rig: Rig
let holder: pg.Client
beforeAll(async () => {
  rig = await startRig({ env: { RECONCILE_SECONDS: '1' } })
  holder = rig.db.connection()
  await holder.connect()
})
afterAll(async () => {
  await holder.end()
  await rig[Symbol.asyncDispose]()
})

/** Has the next round come no further than its last step, and waits until it stands there. */
async function holdRound(): Promise<void> {
  await holder.query('begin')
  await holder.query('lock table tallies in access exclusive mode')
  while ((await holder.query<{ waiting: number }>(WAITING)).rows[0]?.waiting !== 1) await turn()
}

test('a round outlives its process: none is begun beside it meanwhile, and another process brings it to its end', async () => {
  await holdRound()
  const { info } = await rig.schedule.describe()
  expect(info.runningActions).toHaveLength(1)
  const id = info.runningActions[0]?.workflow.workflowId ?? ''
  const skipped = async () => (await rig.schedule.describe()).info.numActionsSkippedOverlap
  await expect.poll(skipped, { timeout: 20_000 }).toBeGreaterThan(info.numActionsSkippedOverlap)
  const round = rig.temporal.workflow.getHandle(id)

  await rig.killWorker()
  expect((await round.describe()).status.name).toBe('RUNNING')
  await holder.query('rollback')
  await rig.startWorker()
  expect(await round.result()).toEqual({
    started: 0,
    closed: 0,
    broken: 0,
    is_cut_short: false,
  })
  const { events } = await round.fetchHistory()
  const started = events?.flatMap(({ activityTaskStartedEventAttributes: begun }) => begun ?? []) ?? []
  expect(started.map(({ attempt }) => attempt)).toEqual([2])
})
