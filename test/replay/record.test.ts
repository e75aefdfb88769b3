// Records the histories that replay.test.ts replays: RECORD_HISTORIES=1 npm test -- --project flows test/replay/record
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { expect, test } from 'vitest'

import { assignmentWorkflowId } from '../../contract/ids.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { STAGE_STATE } from '../../workflows/search-attributes.ts'
import { turn } from '../streams/read-stream.ts'

const ESSAY = '2101/5101'
// Stack traces in a history name the checkout they came from.
const ROOT = fileURLToPath(new URL('../../', import.meta.url))

async function record(rig: Rig, student: Student, name: string): Promise<number> {
  const [course_id = '', assignment_id = ''] = ESSAY.split('/')
  const handle = rig.temporal.workflow.getHandle(
    assignmentWorkflowId({ user_id: student.user_id, course_id, assignment_id }),
  )
  const history = await handle.fetchHistory()
  await writeFile(
    new URL(`./histories/${name}.json`, import.meta.url),
    `${historyToJSON(history).replaceAll(`file://${ROOT}`, '').replaceAll(ROOT, '')}\n`,
  )
  return history.events?.length ?? 0
}

// The failure is on the stream a moment before the workflow hears of it and waits.
async function parkedWorkflow(rig: Rig, student: Student): Promise<void> {
  const [course_id = '', assignment_id = ''] = ESSAY.split('/')
  const workflowId = assignmentWorkflowId({ user_id: student.user_id, course_id, assignment_id })
  for (;;) {
    const { typedSearchAttributes } = await rig.temporal.workflow.getHandle(workflowId).describe()
    if (typedSearchAttributes.get(STAGE_STATE) === 'parked') return
    await turn()
  }
}

async function finishedWorkflow(rig: Rig, student: Student): Promise<void> {
  const [course_id = '', assignment_id = ''] = ESSAY.split('/')
  const workflowId = assignmentWorkflowId({ user_id: student.user_id, course_id, assignment_id })
  await rig.temporal.workflow.getHandle(workflowId).result()
}

test.skipIf(process.env['RECORD_HISTORIES'] === undefined)(
  'records one history for every way a run can go',
  async () => {
    await using rig = await startRig()
    const student = await rig.student()
    await student.start(ESSAY)
    await student.finished(ESSAY)
    await finishedWorkflow(rig, student)
    expect(await record(rig, student, 'finished')).toBeLessThanOrEqual(45)

    const unlucky = await rig.student()
    rig.canvas.faults.add({ kind: 'permission-403', path: '*/assignments/5101', times: 1 })
    await unlucky.start(ESSAY)
    await unlucky.finished(ESSAY)
    await parkedWorkflow(rig, unlucky)
    await record(rig, unlucky, 'parked')
    const { status } = await unlucky.retry(ESSAY, 'fetch_canvas_context')
    expect(status).toBe(202)
    await unlucky.finished(ESSAY)
    await finishedWorkflow(rig, unlucky)
    await record(rig, unlucky, 'parked-and-retried')

    const impatient = await rig.student()
    rig.canvas.faults.add({ kind: 'permission-403', path: '*/assignments/5101', times: 1 })
    await impatient.start(ESSAY)
    await impatient.finished(ESSAY)
    const id = assignmentWorkflowId({ user_id: impatient.user_id, course_id: '2101', assignment_id: '5101' })
    await rig.temporal.workflow.getHandle(id).cancel()
    await expect(finishedWorkflow(rig, impatient)).rejects.toThrow('cancelled')
    await record(rig, impatient, 'canceled')
  },
)
