import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { turn } from '../streams/read-stream.ts'
import { expectOnePlan, expectSoundStream, planJobsOf, runIdOf } from './history.ts'

const PRESENTATION = '2103/5104'

let rig: Rig

beforeAll(async () => {
  rig = await startRig({ env: { RECONCILE_SECONDS: '1' } })
})

afterAll(() => rig[Symbol.asyncDispose]())

/** Lets the time pass that a run is silent. */
async function age({ user_id }: Student, minutes: number): Promise<void> {
  await sql`update assignment_workspaces set updated_at = updated_at - ${minutes} * interval '1 minute'
    where user_id = ${user_id}`.execute(rig.db.write)
}

test('M29 A planning run silent for 150 minutes is closed as STALE, one of 30 minutes is kept, a completed one untouched', async () => {
  const [completed, slow, silent] = [await rig.student(), await rig.student(), await rig.student()]
  await completed.start(PRESENTATION)
  await completed.finished(PRESENTATION)
  rig.canvas.faults.add({ kind: 'slow', ms: 120_000, path: '*/assignments/5104' })
  for (const student of [slow, silent]) {
    await student.start(PRESENTATION)
    await student.eventsUntil(PRESENTATION, ({ event_type }) => event_type === 'stage_started')
  }
  await age(completed, 150)
  const before = await completed.snapshot(PRESENTATION)
  await age(slow, 30)
  await age(silent, 150)

  const events = await silent.finished(PRESENTATION)
  expectSoundStream(events)
  expect(events.at(-1)?.payload).toMatchObject({ code: 'STALE' })
  const given = await silent.snapshot(PRESENTATION)
  expect(given).toMatchObject({
    status: 'failed',
    last_error: { code: 'STALE', stage: 'fetch_canvas_context' },
  })
  expect(given.last_error?.message).toContain('retry of this stage')
  expect(await planJobsOf(rig, given.workspace_id)).toMatchObject([{ status: 'FAILED' }])
  const handle = rig.temporal.workflow.getHandle(runIdOf(silent, PRESENTATION))
  while ((await handle.describe()).status.name === 'RUNNING') await turn()
  expect((await handle.describe()).status.name).toBe('TERMINATED')

  rig.canvas.faults.clear()
  expect((await silent.retry(PRESENTATION, 'fetch_canvas_context')).status).toBe(202)
  expectOnePlan(await silent.finished(PRESENTATION))
  // Many passes have looked at the other two meanwhile.
  expect(await slow.snapshot(PRESENTATION)).toMatchObject({ status: 'running', last_error: null })
  expect(await completed.snapshot(PRESENTATION)).toEqual(before)
})
