import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { masterplanWorkflowId } from '../../contract/ids.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { expectSoundStream } from './history.ts'

const PRESENTATION = '2103/5104'

let rig: Rig
let student: Student
let id: string

beforeAll(async () => {
  rig = await startRig({ env: { RECONCILE_SECONDS: '1' } })
})

afterAll(() => rig[Symbol.asyncDispose]())

/** Lets the time pass that an execution may be silent. */
async function age(): Promise<void> {
  await sql`update masterplans set updated_at = updated_at - interval '10 minutes'
    where masterplan_id = ${id}`.execute(rig.db.write)
}

const handle = () => rig.temporal.workflow.getHandle(masterplanWorkflowId(id))

describe('an execution whose run is not under way', () => {
  test('is cancelled with that reason when its run was terminated in Temporal', async () => {
    student = await rig.student()
    id = await student.draft(PRESENTATION)
    await student.plan('POST', id, '/approve')
    await student.plan('POST', id, '/execute')
    await student.plan('POST', id, '/pause')
    await handle().terminate('an operator at the command line')
    await age()
    const events = await student.executed(id)
    expectSoundStream(events)
    const { body } = await student.plan('GET', id)
    expect(body).toMatchObject({ status: 'cancelled', last_error: { code: 'TERMINATED' } })
    expect(body.last_error.message).toContain(
      'Its run was terminated in Temporal: “an operator at the command line”.',
    )
    const { rows } = await sql<{ reason: string; actor_id: string; open: number }>`
      select reason, actor_id, (select count(*)::int from processing_jobs job
        where job.workspace_id = plan.workspace_id and job.kind <> 'assignment' and job.status in ('PENDING', 'RUNNING')) as open
      from transitions join masterplans plan on plan.masterplan_id::text = entity_id
      where machine = 'plan' and entity_id = ${id} order by seq desc limit 1`.execute(rig.db.write)
    expect(rows).toEqual([
      {
        reason: 'Its run was terminated in Temporal: “an operator at the command line”.',
        actor_id: 'temporal',
        open: 0,
      },
    ])
  })

  test('gets a run again when it has none', async () => {
    student = await rig.student()
    id = await student.draft(PRESENTATION)
    await student.plan('POST', id, '/approve')
    await student.plan('POST', id, '/execute')
    await student.executed(id)
    await handle().result()
    await sql`update masterplans set status = 'paused' where masterplan_id = ${id}`.execute(rig.db.write)
    await age()
    await expect
      .poll(async () => (await handle().describe()).status.name, { timeout: 20_000 })
      .toBe('RUNNING')
    expect((await student.plan('POST', id, '/cancel')).body).toMatchObject({ status: 'cancelled' })
  })
})
