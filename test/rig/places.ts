import { randomBytes } from 'node:crypto'

import { newJobId } from '../../db/write/ids.ts'
import { insertPendingJob } from '../../db/write/jobs.ts'
import { tenantOf } from './plans.ts'
import type { Rig } from './rig.ts'
import type { Student } from './student.ts'

// No quota is larger, whatever depth.
const ALL = 10

/** Takes every place of a student's tenant at a depth, as somebody else's work would, until they are given back. */
export async function takePlaces(rig: Rig, student: Student, depth: number) {
  const { user_id } = student
  const tenant_id = await tenantOf(rig, student)
  const job_id = newJobId()
  const id = `a_${randomBytes(6).toString('hex')}`
  await rig.db.write.transaction().execute(async (trx) => {
    const root = { parent_job_id: null, depth: 0, workspace_id: null, temporal_workflow_id: null }
    const job = {
      job_id,
      tenant_id,
      user_id,
      kind: 'submitted',
      generation: 1,
      attempt: 1,
      retry_of: null,
    } as const
    await insertPendingJob(trx, { ...root, ...job }, { actor: { type: 'user', id: user_id } })
    await trx.insertInto('allocations').values({ id, tenant_id, job_id, depth, worker_count: ALL }).execute()
  })
  return {
    giveBack: async (): Promise<void> => {
      const now = new Date()
      await rig.db.write.updateTable('allocations').set({ released_at: now }).where('id', '=', id).execute()
    },
  }
}
