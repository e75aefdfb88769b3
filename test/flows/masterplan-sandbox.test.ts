import { afterAll, beforeAll, expect, test } from 'vitest'

import { readPlan, readTasks } from '../rig/execution.ts'
import { startRig, type Rig } from '../rig/rig.ts'

const LONG_MS = 120_000

/** Assignments of the sandbox of every genre but the essay, which another file follows all the way. */
const ASSIGNMENTS = ['2101/5105', '2102/5102', '2103/5103', '2103/5104', '2104/5106'] as const

let rig: Rig

beforeAll(async () => {
  rig = await startRig({ env: { RECONCILE_SECONDS: '3600' } })
})

afterAll(() => rig[Symbol.asyncDispose]())

test.each(ASSIGNMENTS)(
  '%s comes from Canvas to the last of its artefacts',
  { timeout: LONG_MS },
  async (assignment) => {
    const student = await rig.student()
    const masterplan_id = await student.draft(assignment)
    for (const verb of ['/approve', '/execute'])
      expect((await student.plan('POST', masterplan_id, verb)).status).toBe(200)
    await student.executed(masterplan_id)
    const tasks = await readTasks(student, masterplan_id)
    const failed = tasks.flatMap(({ name, last_error }) =>
      last_error === null ? [] : [[name, last_error.message]],
    )
    expect(failed).toEqual([])
    const { status, total_tasks, completed_tasks } = await readPlan(student, masterplan_id)
    expect([status, completed_tasks]).toEqual(['completed', total_tasks])
    const { body } = await student.plan('GET', masterplan_id, '/files')
    expect(body.files).toHaveLength(total_tasks)
  },
)
