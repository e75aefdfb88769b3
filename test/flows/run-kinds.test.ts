import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { handoffWorkflowId, jobWorkflowId, masterplanWorkflowId } from '../../contract/ids.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { Build } from '../rig/build.ts'
import { eventsToEnd, executePlan, readTasks } from '../rig/execution.ts'
import { acceptedJob, endedJob } from '../rig/jobs.ts'
import { sketchPlan } from '../rig/plans.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { RUN_KIND, USER_REF } from '../../workflows/search-attributes.ts'

let rig: Rig
let operator: Student
beforeAll(async () => {
  rig = await startRig()
  operator = await rig.operator(SCOPES)
})
afterAll(() => rig[Symbol.asyncDispose]())

async function foundBy(workflowId: string) {
  const { typedSearchAttributes: by } = await rig.temporal.workflow.getHandle(workflowId).describe()
  return { kind: by.get(RUN_KIND), hasUser: /^[0-9a-f]{16}$/.test(String(by.get(USER_REF))) }
}

describe('a run is found in Temporal by its kind and its user', () => {
  test('as a masterplan that a wish has started, and as the builds of its tasks', async () => {
    const plan = await sketchPlan(rig, operator, [[]], new Set([1]))
    await executePlan(operator, plan)
    await eventsToEnd(operator, plan.masterplan_id)
    const [task] = await readTasks(operator, plan.masterplan_id)
    expect(await foundBy(masterplanWorkflowId(plan.masterplan_id))).toEqual({
      kind: 'masterplan',
      hasUser: true,
    })
    expect(await foundBy(handoffWorkflowId(task?.workflow_id ?? ''))).toEqual({
      kind: 'handoff',
      hasUser: true,
    })
  })

  test('as a build that is driven by hand', async () => {
    const build = await Build.start(operator)
    expect(await foundBy(handoffWorkflowId(build.id))).toEqual({ kind: 'handoff', hasUser: true })
  })

  test('as a submitted job, and as those it was split into', async () => {
    const root = await acceptedJob(operator, '- Choose two papers\n- Book a room')
    const { child_jobs } = await endedJob(operator, root)
    for (const id of [root, ...child_jobs.map((child) => child.id)])
      expect(await foundBy(jobWorkflowId(id))).toEqual({ kind: 'job', hasUser: true })
  })
})
