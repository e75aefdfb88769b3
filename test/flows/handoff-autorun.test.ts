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
