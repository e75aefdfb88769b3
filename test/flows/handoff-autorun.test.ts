import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { handoffWorkflowId } from '../../contract/ids.ts'
import { STRAIGHT_WAY } from '../../contract/machines/handoff-machine.ts'
import { Build } from '../rig/build.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

let rig: Rig
let student: Student

beforeAll(async () => {
  rig = await startRig()
  student = await rig.student(null)
})
afterAll(() => rig[Symbol.asyncDispose]())

describe('a build that the model roles work by themselves', () => {
  let build: Build

  beforeAll(async () => {
    build = await Build.start(student, { autorun: true })
    await build.eventsUntil(
      ({ event_type }) => event_type === 'workflow_completed' || event_type === 'workflow_failed',
    )
  })

  test('goes the straight way to complete, each move made by the role whose turn it was', async () => {
    const rows = await rig.db.read
      .selectFrom('transitions')
      .select(['to_state', 'actor_type', 'actor_id', 'kind'])
      .where('entity_id', '=', build.id)
      .orderBy('seq')
      .execute()
    expect(rows.map(({ to_state }) => to_state)).toEqual(STRAIGHT_WAY)
    expect(rows.slice(1).every(({ actor_type }) => actor_type === 'role')).toBe(true)
  })

  test('leaves the file it was asked for, as it was tested, in a folder of its own', async () => {
    const { phases } = await build.status()
    const { workspace_path } = await rig.db.read
      .selectFrom('handoffs')
      .select('workspace_path')
      .where('workflow_id', '=', build.id)
      .executeTakeFirstOrThrow()
    for (const path of phases.deployment?.target_files ?? [])
      expect(await readFile(join(rig.folder, 'artefacts', workspace_path ?? '', path), 'utf8')).not.toBe('')
    expect(phases.deployment?.target_files).toHaveLength(1)
  })

  test('holds no place when it is over, and all five roles took 47 events of history at most', async () => {
    const open = await rig.db.read
      .selectFrom('allocations')
      .selectAll()
      .where('released_at', 'is', null)
      .execute()
    expect(open).toEqual([])
    const handle = rig.temporal.workflow.getHandle(handoffWorkflowId(build.id))
    await handle.result()
    const { events = [] } = await handle.fetchHistory()
    expect(events?.length).toBeLessThanOrEqual(47)
  })
})

/** Leaves the rest of a build that was driven by hand to the roles, from its next move on. */
async function handOver({ id }: Build): Promise<void> {
  await rig.db.write.updateTable('handoffs').set({ autorun: true }).where('workflow_id', '=', id).execute()
}

describe('roles that go on from what a person handed in', () => {
  test('send work back whose artefacts are not there, make them, say what changed, and release them', async () => {
    const build = await Build.start(student)
    await build.to('handoff_to_tester')
    await handOver(build)
    await build.advance('handoff_to_tester')
    await build.eventsUntil(({ event_type }) => event_type === 'workflow_completed')
    const status = await build.status()
    expect(status).toMatchObject({ status: 'complete', retry_count: 1 })
    expect(status.phases.implementation?.changes).toBeTypeOf('string')
    const back = status.handoff_history.find(
      ({ from_state, to_state }) => from_state === 'testing' && to_state === 'implementation',
    )
    expect(back?.data_transferred.result).toMatchObject({ passed: false })
    expect(back?.notes).not.toBe('')
  })

  test('do not accept a hand-off they cannot work from: the build stops, and is recovered with no role', async () => {
    const build = await Build.start(student)
    await build.to('implementation')
    await handOver(build)
    await build.advance('implementation')
    await build.eventsUntil(({ event_type }) => event_type === 'workflow_failed')
    expect(await build.status()).toMatchObject({
      current_state: 'error',
      last_error: { code: 'MODEL_OUTPUT_INVALID', message: 'The artefacts are not whole.' },
    })
    expect((await build.advance('error')).body).toMatchObject({ new_state: 'implementation' })
    await build.eventsUntil(({ event_type }) => event_type === 'workflow_completed')
    expect((await build.status()).phases.deployment?.smoke_test.passed).toBe(true)
  })
})
