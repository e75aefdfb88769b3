import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { handoffWorkflowId } from '../../contract/ids.ts'
import { closeEndedHandoff } from '../../db/intents/close-handoffs.ts'
import { acceptHandoff } from '../../db/intents/handoffs.ts'
import { Build, lookOften, looksOf } from '../rig/build.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

let rig: Rig
let student: Student

beforeAll(async () => {
  rig = await startRig({ env: { RECONCILE_SECONDS: '1' } })
  student = await rig.student(null)
})
afterAll(() => rig[Symbol.asyncDispose]())

/** Lets the time pass that a build may be silent. */
async function age({ id }: Build): Promise<void> {
  await sql`update handoffs set updated_at = updated_at - interval '10 minutes'
    where workflow_id = ${id}`.execute(rig.db.write)
}

describe('a build whose run is not under way', () => {
  test('is worked to its end where its start was accepted and never reached Temporal', async () => {
    const { user_id } = student
    const { tenant_id } = await rig.db.read
      .selectFrom('accounts')
      .select('tenant_id')
      .where('user_id', '=', user_id)
      .executeTakeFirstOrThrow()
    const named = {
      project_id: 'lost',
      plan: null,
      build_id: 'lost',
      requirements: { topic: 'Rivers' },
      metadata: {},
    }
    const intent = { ...named, user_id, tenant_id, autorun: true, request_id: null }
    const accepted = await acceptHandoff(rig.db.write, intent)
    if (accepted.kind !== 'created') throw new Error(accepted.kind)
    const build = new Build(student, accepted.workflow_id, 'lost')
    await age(build)
    const events = await build.eventsUntil(({ event_type }) => event_type === 'workflow_completed')
    expect(events).toHaveLength(11)
  })

  test('is stopped where it stands when its run was terminated in Temporal', async () => {
    await rig.stopWorker()
    const build = await Build.start(student, { autorun: true })
    await rig.temporal.workflow
      .getHandle(handoffWorkflowId(build.id))
      .terminate('an operator at the command line')
    await age(build)
    await rig.startWorker()
    const events = await build.eventsUntil(({ event_type }) => event_type === 'workflow_failed')
    expect(events.at(-1)).toMatchObject({ status: 'canceled' })
    expect((await build.advance('discovery')).status).toBe(409)
  })

  test('is stopped too where it is driven by hand and its run was terminated', async () => {
    const build = await Build.start(student)
    await rig.temporal.workflow
      .getHandle(handoffWorkflowId(build.id))
      .terminate('an operator at the command line')
    await age(build)
    const events = await build.eventsUntil(({ event_type }) => event_type === 'workflow_failed')
    expect(events.at(-1)).toMatchObject({ status: 'canceled' })
    expect((await build.advance('discovery')).status).toBe(409)
  })

  test('is taken up again by an advance where it is driven by hand and its run was lost', async () => {
    const build = await Build.start(student)
    const { namespace } = rig.temporal.options
    const workflowId = handoffWorkflowId(build.id)
    await rig.temporal.workflowService.deleteWorkflowExecution({
      namespace,
      workflowExecution: { workflowId },
    })
    await expect
      .poll(
        () =>
          rig.temporal.workflow
            .getHandle(workflowId)
            .describe()
            .catch(() => 'gone'),
        { timeout: 20_000 },
      )
      .toBe('gone')
    await build.to('complete')
    expect(await build.status()).toMatchObject({ status: 'complete' })
  })

  test('that waits for a person ends by itself where its build was stopped and nobody could end it', async () => {
    const build = await Build.start(student)
    const run = await lookOften(rig, build.id)
    // It looks, finds that it waits for a person still, and goes on waiting.
    await expect.poll(() => looksOf(run), { timeout: 20_000 }).toBeGreaterThan(2)
    expect((await run.describe()).status.name).toBe('RUNNING')
    await closeEndedHandoff(rig.db.write, build.id, { how: 'terminated', said: null })
    expect(await run.result()).toEqual({ state: 'discovery' })
  })
})
