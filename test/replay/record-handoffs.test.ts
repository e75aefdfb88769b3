// Records the histories of builds that replay.test.ts replays:
// RECORD_HISTORIES=1 npm test -- --project flows test/replay/record-handoffs
import { expect, test } from 'vitest'

import { handoffWorkflowId, masterplanWorkflowId } from '../../contract/ids.ts'
import { closeEndedHandoff } from '../../db/intents/close-handoffs.ts'
import { Build, lookOften, looksOf } from '../rig/build.ts'
import { eventsToEnd, executePlan, readTasks } from '../rig/execution.ts'
import { takePlaces } from '../rig/places.ts'
import { independent, sketchPlan } from '../rig/plans.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { waitsForPeople, workingBuild } from '../rig/build-at-work.ts'
import { promote, startRig } from '../rig/rig.ts'
import { turn } from '../streams/read-stream.ts'
import { steer, workerOf } from '../rig/workers.ts'
import { recordHistory } from './record-history.ts'

const LONGEST_RECORDING_MS = 180_000

test.skipIf(process.env['RECORD_HISTORIES'] === undefined)(
  'records one history for every way a build can go',
  { timeout: LONGEST_RECORDING_MS },
  async () => {
    await using rig = await startRig()
    const student = await rig.student(null)
    const operator = await promote(rig, student, ['jobs:write'])
    const ended = (id: string): Promise<unknown> => rig.temporal.workflow.getHandle(id).result()

    const worked = await Build.start(student, { autorun: true })
    await ended(handoffWorkflowId(worked.id))
    const events = await recordHistory(rig, handoffWorkflowId(worked.id), 'handoff-by-roles')
    expect(events).toBeLessThanOrEqual(47)

    const driven = await Build.start(student)
    await driven.to('testing')
    await driven.call('POST', '/request-retry', { reason: 'Once more.' })
    await driven.to('verification')
    const body = { target_state: 'planning', reason: 'Another brief.' }
    await operator.call('POST', `/workflows/${driven.id}/rollback`, { body })
    await driven.fail()
    await driven.advance('error')
    await driven.to('complete')
    await ended(handoffWorkflowId(driven.id))
    await recordHistory(rig, handoffWorkflowId(driven.id), 'handoff-by-hand')

    const waiting = await takePlaces(rig, student, 1)
    const overruled = await Build.start(student, { autorun: true })
    const history = async () =>
      (await rig.temporal.workflow.getHandle(handoffWorkflowId(overruled.id)).fetchHistory()).events ?? []
    // Until it has asked for a place once in vain, and waits to ask again.
    while (!(await history()).some((event) => event.timerStartedEventAttributes != null)) await turn()
    await overruled.advance('discovery')
    await waiting.giveBack()
    await ended(handoffWorkflowId(overruled.id))
    await recordHistory(rig, handoffWorkflowId(overruled.id), 'handoff-overruled')

    const unwanted = await Build.start(student)
    await unwanted.advance('discovery')
    await rig.temporal.workflow.getHandle(handoffWorkflowId(unwanted.id)).cancel()
    await expect(ended(handoffWorkflowId(unwanted.id))).rejects.toThrow('cancelled')
    await recordHistory(rig, handoffWorkflowId(unwanted.id), 'handoff-canceled')
  },
)

test.skipIf(process.env['RECORD_HISTORIES'] === undefined)(
  'records a build that was stopped beside its run, which looks for itself',
  { timeout: LONGEST_RECORDING_MS },
  async () => {
    await using rig = await startRig()
    const stopped = await Build.start(await rig.student(null))
    const run = await lookOften(rig, stopped.id)
    while ((await looksOf(run)) < 3) await turn()
    await stopped.advance('discovery')
    await closeEndedHandoff(rig.db.write, stopped.id, { how: 'terminated', said: null })
    expect(await run.result()).toEqual({ state: 'planning' })
    await recordHistory(rig, handoffWorkflowId(stopped.id), 'handoff-looked-after')
  },
)

test.skipIf(process.env['RECORD_HISTORIES'] === undefined)(
  'records a build that was paused in the midst of a phase, and resumed',
  { timeout: LONGEST_RECORDING_MS },
  async () => {
    await using rig = await startRig()
    const student = await rig.student(null)
    const { body: me } = await student.call('GET', '/auth/me')
    const operator = await rig.operator(SCOPES, me.workspace_id)
    const { build, id } = await workingBuild(rig, student, async (begun) => {
      const { body } = await operator.call('GET', '/jobs?kind=workflow')
      const worker = await workerOf(operator, body.jobs[0].id)
      expect((await steer(operator, worker, 'pause')).status).toBe(200)
      return { build: begun, id: worker }
    })
    while (!(await waitsForPeople(rig, build))) await turn()
    expect((await build.status()).current_state).toBe('planning')
    await steer(operator, id, 'resume')
    await rig.temporal.workflow.getHandle(handoffWorkflowId(build.id)).result()
    await recordHistory(rig, handoffWorkflowId(build.id), 'handoff-paused')
  },
)

test.skipIf(process.env['RECORD_HISTORIES'] === undefined)(
  'records a masterplan with builds, executed and cancelled',
  { timeout: LONGEST_RECORDING_MS },
  async () => {
    await using rig = await startRig()
    const student = await rig.student(null)
    const plan = await sketchPlan(rig, student, [[], [], [2]], new Set([2, 3]))
    await executePlan(student, plan)
    await eventsToEnd(student, plan.masterplan_id)
    const runOf = (id: string): string => masterplanWorkflowId(id)
    await rig.temporal.workflow.getHandle(runOf(plan.masterplan_id)).result()
    expect(await recordHistory(rig, runOf(plan.masterplan_id), 'masterplan-with-builds')).toBeLessThan(200)

    const other = await sketchPlan(rig, student, independent(1), new Set([1]))
    const waiting = await takePlaces(rig, student, 5)
    await executePlan(student, other)
    const build = async () => (await readTasks(student, other.masterplan_id))[0]?.workflow_id ?? null
    while ((await build()) === null) await turn()
    const child = new Build(student, (await build()) ?? '', other.masterplan_id)
    let reply = await child.advance('discovery')
    while (reply.status === 409) reply = await child.advance('discovery')
    await student.plan('POST', other.masterplan_id, '/cancel')
    await rig.temporal.workflow.getHandle(runOf(other.masterplan_id)).result()
    await waiting.giveBack()
    await recordHistory(rig, runOf(other.masterplan_id), 'masterplan-with-builds-cancelled')
  },
)
