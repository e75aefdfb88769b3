// Records the histories that replay.test.ts replays, all or those of one kind of run:
// RECORD_HISTORIES=1 npm test -- --project flows test/replay/record -t feedback
import { expect, test } from 'vitest'

import {
  assignmentWorkflowId,
  feedbackWorkflowId,
  jobWorkflowId,
  masterplanWorkflowId,
} from '../../contract/ids.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { eventsToEnd, executePlan } from '../rig/execution.ts'
import { startJobRig } from '../rig/job-model.ts'
import { acceptedJob, endedJob } from '../rig/jobs.ts'
import { sketchPlan, type SketchedPlan } from '../rig/plans.ts'
import { recordHistory as record } from './record-history.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { STAGE_STATE } from '../../workflows/search-attributes.ts'
import { turn } from '../streams/read-stream.ts'
import { steer, workerOf, workerWhen } from '../rig/workers.ts'

const ESSAY = '2101/5101'

function planOf({ user_id }: Student): string {
  const [course_id = '', assignment_id = ''] = ESSAY.split('/')
  return assignmentWorkflowId({ user_id, course_id, assignment_id })
}

// The failure is on the stream a moment before the workflow hears of it and waits.
async function parkedWorkflow(rig: Rig, student: Student): Promise<void> {
  for (;;) {
    const { typedSearchAttributes } = await rig.temporal.workflow.getHandle(planOf(student)).describe()
    if (typedSearchAttributes.get(STAGE_STATE) === 'parked') return
    await turn()
  }
}

const finishedWorkflow = (rig: Rig, workflowId: string): Promise<unknown> =>
  rig.temporal.workflow.getHandle(workflowId).result()

test.skipIf(process.env['RECORD_HISTORIES'] === undefined)(
  'records one history for every way a planning run can go',
  async () => {
    await using rig = await startRig()
    const student = await rig.student()
    await student.start(ESSAY)
    await student.finished(ESSAY)
    await finishedWorkflow(rig, planOf(student))
    expect(await record(rig, planOf(student), 'finished')).toBeLessThanOrEqual(45)

    const unlucky = await rig.student()
    rig.canvas.faults.add({ kind: 'permission-403', path: '*/assignments/5101', times: 1 })
    await unlucky.start(ESSAY)
    await unlucky.finished(ESSAY)
    await parkedWorkflow(rig, unlucky)
    await record(rig, planOf(unlucky), 'parked')
    const { status } = await unlucky.retry(ESSAY, 'fetch_canvas_context')
    expect(status).toBe(202)
    await unlucky.finished(ESSAY)
    await finishedWorkflow(rig, planOf(unlucky))
    await record(rig, planOf(unlucky), 'parked-and-retried')

    const impatient = await rig.student()
    rig.canvas.faults.add({ kind: 'permission-403', path: '*/assignments/5101', times: 1 })
    await impatient.start(ESSAY)
    await impatient.finished(ESSAY)
    await rig.temporal.workflow.getHandle(planOf(impatient)).cancel()
    await expect(finishedWorkflow(rig, planOf(impatient))).rejects.toThrow('cancelled')
    await record(rig, planOf(impatient), 'canceled')
  },
)

test.skipIf(process.env['RECORD_HISTORIES'] === undefined)(
  'records one history for every way a feedback run can go',
  async () => {
    await using rig = await startRig()
    const student = await rig.student()
    await student.start(ESSAY)
    await student.finished(ESSAY)

    const good = (await student.sendWork(ESSAY, 'What I have so far.')).body.job_id
    await student.feedback(ESSAY, good)
    await finishedWorkflow(rig, feedbackWorkflowId(good))
    expect(await record(rig, feedbackWorkflowId(good), 'feedback-finished')).toBeLessThanOrEqual(35)

    const file = new TextEncoder().encode('PK not a document')
    const broken = (
      await student.sendFile(ESSAY, { name: 'work.docx', bytes: new Uint8Array([0, 1, 2, ...file]) })
    ).body.job_id
    expect((await student.feedback(ESSAY, broken)).status).toBe('failed')
    await expect(finishedWorkflow(rig, feedbackWorkflowId(broken))).rejects.toThrow('failed')
    await record(rig, feedbackWorkflowId(broken), 'feedback-failed')

    await rig.stopWorker()
    const unwanted = (await student.sendWork(ESSAY, 'What I have so far.')).body.job_id
    await rig.temporal.workflow.getHandle(feedbackWorkflowId(unwanted)).cancel()
    await rig.startWorker()
    await expect(finishedWorkflow(rig, feedbackWorkflowId(unwanted))).rejects.toThrow('cancelled')
    await record(rig, feedbackWorkflowId(unwanted), 'feedback-canceled')
  },
)

test.skipIf(process.env['RECORD_HISTORIES'] === undefined)(
  'records one history for every way the run of a submitted job can go',
  async () => {
    await using jobs = await startJobRig()
    const { rig } = jobs
    const operator = await rig.operator(SCOPES)
    const finished = await acceptedJob(operator, '- good one\n- good two\n- good three')
    const { child_jobs } = await endedJob(operator, finished)
    await finishedWorkflow(rig, jobWorkflowId(finished))
    await record(rig, jobWorkflowId(finished), 'job-split')
    const leaf = jobWorkflowId(child_jobs[0]?.id ?? '')
    expect(await record(rig, leaf, 'job-step')).toBeLessThanOrEqual(17)

    const failed = await acceptedJob(operator, '- bad one')
    await endedJob(operator, failed)
    await expect(finishedWorkflow(rig, jobWorkflowId(failed))).rejects.toThrow('failed')
    await record(rig, jobWorkflowId(failed), 'job-retried-and-failed')

    const canceled = await acceptedJob(operator, '- hold one\n- hold two')
    await jobs.held(2)
    await operator.call('POST', `/jobs/${canceled}/cancel`)
    await expect(finishedWorkflow(rig, jobWorkflowId(canceled))).rejects.toThrow('cancelled')
    await record(rig, jobWorkflowId(canceled), 'job-canceled')

    const aside = await acceptedJob(operator, 'broke for now')
    const worker = await workerOf(operator, aside)
    for (let time = 0; time < 2; time++) {
      await workerWhen(operator, worker, 'PAUSED')
      if (time === 1) jobs.topUp()
      await steer(operator, worker, 'resume')
    }
    await endedJob(operator, aside)
    await finishedWorkflow(rig, jobWorkflowId(aside))
    await record(rig, jobWorkflowId(aside), 'job-set-aside')

    await rig.stopApi()
    await rig.startApi({ JOB_TIMEOUT_SECONDS: '1' })
    for (const [description, name] of [
      ['hold for ever', 'job-step-timed-out'],
      ['- hold below for ever', 'job-split-timed-out'],
    ] as const) {
      const late = await acceptedJob(operator, description)
      await endedJob(operator, late)
      await finishedWorkflow(rig, jobWorkflowId(late))
      await record(rig, jobWorkflowId(late), name)
    }
  },
)

test.skipIf(process.env['RECORD_HISTORIES'] === undefined)(
  'records one history for every way the run of a masterplan can go',
  async () => {
    await using rig = await startRig({ env: { STAGE_MAX_ATTEMPTS: '1', RECONCILE_SECONDS: '3600' } })
    const student = await rig.student(null)
    const put = (plan: SketchedPlan, verb: string) => student.plan('POST', plan.masterplan_id, verb)
    const recordEnd = async (plan: SketchedPlan, name: string): Promise<number> => {
      const workflowId = masterplanWorkflowId(plan.masterplan_id)
      await finishedWorkflow(rig, workflowId)
      return record(rig, workflowId, name)
    }

    const executed = await sketchPlan(rig, student, [[], [1], [1], [2, 3], []])
    await executed.obstruct(5)
    await executePlan(student, executed)
    const events = await eventsToEnd(student, executed.masterplan_id)
    expect(await recordEnd(executed, 'masterplan-executed')).toBeLessThanOrEqual(120)

    await executed.clear(5)
    await put(executed, `/tasks/${executed.task(5)}/retry`)
    await eventsToEnd(student, executed.masterplan_id, events.at(-1)?.seq)
    await recordEnd(executed, 'masterplan-task-retried')

    const paused = await sketchPlan(rig, student, [[], [1], [2]])
    await executePlan(student, paused)
    await put(paused, '/pause')
    await put(paused, '/resume')
    await eventsToEnd(student, paused.masterplan_id)
    await recordEnd(paused, 'masterplan-paused-and-resumed')

    const cancelled = await sketchPlan(rig, student, [[], [1], [2]])
    await executePlan(student, cancelled)
    await put(cancelled, '/pause')
    await put(cancelled, '/cancel')
    await recordEnd(cancelled, 'masterplan-cancelled')

    const rejected = await sketchPlan(rig, student, [[]])
    await put(rejected, '/reject')
    await recordEnd(rejected, 'masterplan-rejected')

    const circular = await sketchPlan(rig, student, [[2], [1]])
    await executePlan(student, circular)
    await recordEnd(circular, 'masterplan-failed')

    const waiting = await sketchPlan(rig, student, [[]])
    await put(waiting, '/approve')
    await record(rig, masterplanWorkflowId(waiting.masterplan_id), 'masterplan-waiting')
    await rig.temporal.workflow.getHandle(masterplanWorkflowId(waiting.masterplan_id)).cancel()
    await expect(finishedWorkflow(rig, masterplanWorkflowId(waiting.masterplan_id))).rejects.toThrow(
      'cancelled',
    )
    await record(rig, masterplanWorkflowId(waiting.masterplan_id), 'masterplan-canceled-in-temporal')
  },
)

test.skipIf(process.env['RECORD_HISTORIES'] === undefined)(
  'records one history for every way a round of the reconciler can go',
  async () => {
    await using rig = await startRig({ env: { RECONCILE_SECONDS: '1' } })
    const handle = rig.temporal.workflow.getHandle(await newestRound(rig))
    await handle.result()
    expect(await record(rig, handle.workflowId, 'round')).toBeLessThanOrEqual(11)
  },
)

/** The id of the run that the schedule has started last, as soon as it has started one. */
async function newestRound(rig: Rig): Promise<string> {
  for (;;) {
    const { info } = await rig.schedule.describe()
    const action = info.recentActions.at(-1)?.action
    if (action !== undefined) return action.workflow.workflowId
    await turn()
  }
}
