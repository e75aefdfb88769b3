import { afterAll, beforeAll, expect, test } from 'vitest'

import type { StreamEvent } from '../../contract/events.ts'
import { PlanProgress } from '../../contract/marks.ts'
import { PATIENT, startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { expectSoundStream } from '../faults/history.ts'

// As in the walk of the README.
const ESSAY = '2101/5101'
const MILESTONE = 'understand'
const TASK = 'set-up-document'

let rig: Rig
let student: Student
beforeAll(async () => {
  rig = await startRig({ env: PATIENT })
  student = await rig.student()
  await student.start(ESSAY)
  await student.finished(ESSAY)
})
afterAll(() => rig[Symbol.asyncDispose]())

async function progress(): Promise<PlanProgress> {
  return PlanProgress.parse((await student.call('GET', `/assignments/${ESSAY}/progress`)).body)
}
const mark = (path: string, state: string) =>
  student.call('PATCH', `/assignments/${ESSAY}/${path}`, { body: { state } })
const statesOf = ({ milestones }: PlanProgress) =>
  milestones.flatMap(({ id, state, tasks }) => [
    `${id} ${state}`,
    ...tasks.map((task) => `${id}/${task.id} ${task.state}`),
  ])
const isMark = ({ event_type }: StreamEvent): boolean => event_type === 'mark_changed'

test('marks on a real plan are streamed, and stand on the plan of a reprocess where the ids are the same', async () => {
  const plan = (await student.call('GET', `/assignments/${ESSAY}/plan`)).body
  const fresh = await progress()
  expect(fresh.milestones.map(({ id, title }) => [id, title])).toEqual(
    plan.milestones.map(({ id, title }: { id: string; title: string }) => [id, title]),
  )
  expect(fresh).toMatchObject({ generation: 1, version: 0, done_tasks: 0 })
  const [first] = fresh.milestones

  expect((await mark(`milestones/${MILESTONE}`, 'done')).status).toBe(200)
  expect((await mark(`tasks/${TASK}`, 'doing')).status).toBe(200)
  const marked = await progress()
  expect(marked.milestones.slice(0, 2)).toMatchObject([{ state: 'done' }, { state: 'doing' }])
  expect(marked.done_tasks).toBe(first?.total_tasks)

  rig.canvas.faults.add({ kind: 'slow', ms: 1_000, path: '*/assignments/5101', times: 1 })
  expect((await student.start(ESSAY, '?reprocess=true')).status).toBe(202)
  const meanwhile = await mark(`tasks/${TASK}`, 'done')
  expect([meanwhile.status, meanwhile.body.code]).toEqual([404, 'PLAN_NOT_READY'])

  const events = await student.finished(ESSAY)
  const carried = await progress()
  expect(carried).toMatchObject({ generation: 2, version: marked.version, done_tasks: marked.done_tasks })
  expect(statesOf(carried)).toEqual(statesOf(marked))
  expect(carried.milestones[0]?.updated_at).toBe(marked.milestones[0]?.updated_at)

  expect((await mark(`tasks/${TASK}`, 'done')).body).toMatchObject({ generation: 2, version: 3 })
  expectSoundStream(events)
  const told = events.filter(isMark)
  expect(told.map(({ generation }) => generation)).toEqual(told.map(() => 1))
  expect(told).toHaveLength((first?.total_tasks ?? 0) + 1 + 2)
  const all = await student.eventsUntil(ESSAY, (event) => isMark(event) && event.generation === 2)
  expect(all.at(-1)).toMatchObject({
    job_id: (await student.snapshot(ESSAY)).job_id,
    status: 'completed',
    payload: { task_id: TASK, previous_state: 'doing', state: 'done', done_tasks: marked.done_tasks + 1 },
  })
  expectSoundStream(all)
})
