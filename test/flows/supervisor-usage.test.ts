import { afterAll, beforeAll, expect, test } from 'vitest'

import { SCOPES } from '../../contract/scopes.ts'
import { SupervisorMetrics } from '../../contract/workers.ts'
import { promote, startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { readWorker, workerOf } from '../rig/workers.ts'
import { turn } from '../streams/read-stream.ts'

const ESSAY = '2101/5101'

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig[Symbol.asyncDispose]())

const isAbove = (least: number) => (value: number) => value > least

interface Figures {
  readonly cpu: number
  readonly memory: number
}

const most = (one: Figures, other: Figures): Figures => ({
  cpu: Math.max(one.cpu, other.cpu),
  memory: Math.max(one.memory, other.memory),
})

const totals = async (by: Student): Promise<Figures> => {
  const { body } = await by.call('GET', '/supervisor/metrics')
  const { total_cpu_usage_percent: cpu, total_memory_usage_mb: memory } = SupervisorMetrics.parse(body)
  return { cpu, memory }
}

const ofWorker = async (by: Student, id: string): Promise<Figures> => {
  const { cpu_percent, memory_mb } = (await readWorker(by, id)).metrics
  return { cpu: cpu_percent ?? 0, memory: memory_mb ?? 0 }
}

interface Watched {
  readonly worker: Figures
  readonly sum: Figures
}

/** The most that a worker and the sum of its tenant show while something lasts, or until both show something. */
async function watch(by: Student, id: string, lasts: () => Promise<boolean>): Promise<Watched> {
  let [worker, sum] = [await ofWorker(by, id), await totals(by)]
  const isSeen = () => [worker, sum].every(({ cpu, memory }) => cpu > 0 && memory > 1)
  while (!isSeen() && (await lasts())) {
    worker = most(worker, await ofWorker(by, id))
    sum = most(sum, await totals(by))
    await turn()
  }
  return { worker, sum }
}

const SEEN = { cpu: expect.toSatisfy(isAbove(0)), memory: expect.toSatisfy(isAbove(1)) }

test('a plan and its masterplan, made of short phases, show what they use while they are at work', async () => {
  const student = await promote(rig, await rig.student(), SCOPES)
  // So that the run lasts more than a second on any machine, and yet no stage of it does.
  rig.canvas.faults.add({ kind: 'slow', ms: 100, path: '*/assignments/*' })
  await student.start(ESSAY)
  const id = await workerOf(student, (await student.snapshot(ESSAY)).job_id)
  const plan = await watch(student, id, async () => (await student.snapshot(ESSAY)).status === 'running')
  expect(plan).toEqual({ worker: SEEN, sum: SEEN })
  await student.finished(ESSAY)
  expect((await readWorker(student, id)).metrics).toMatchObject({ cpu_percent: null, memory_mb: null })

  const { masterplan_id } = await student.snapshot(ESSAY)
  const at = `/masterplans/${masterplan_id ?? ''}`
  for (const verb of ['approve', 'execute'])
    expect((await student.call('POST', `${at}/${verb}`)).status).toBe(200)
  const { jobs } = (await student.call('GET', '/jobs?kind=masterplan')).body
  const lasts = async () => (await student.call('GET', at)).body.status === 'in_progress'
  expect(await watch(student, jobs[0].worker_id, lasts)).toEqual({ worker: SEEN, sum: SEEN })
  expect((await student.call('POST', `${at}/cancel`)).status).toBe(200)
})
