import { WorkerDetail } from '../../contract/workers.ts'
import { turn } from '../streams/read-stream.ts'
import { readJob } from './jobs.ts'
import type { Rig } from './rig.ts'
import type { Reply, Student } from './student.ts'

/** The worker of a job. */
export async function workerOf(by: Student, job_id: string): Promise<string> {
  return (await readJob(by, job_id)).worker_id ?? ''
}

export async function readWorker(by: Student, id: string): Promise<WorkerDetail> {
  return WorkerDetail.parse((await by.call('GET', `/supervisor/workers/${id}`)).body)
}

/** A worker as soon as it stands so. */
export async function workerWhen(
  by: Student,
  id: string,
  status: WorkerDetail['status'],
): Promise<WorkerDetail> {
  for (;;) {
    const worker = await readWorker(by, id)
    if (worker.status === status) return worker
    await turn()
  }
}

/** Pauses, resumes or terminates a worker. */
export async function steer(
  by: Student,
  id: string,
  verb: 'pause' | 'resume' | 'terminate',
  body: Readonly<Record<string, unknown>> = {},
): Promise<Reply> {
  return by.call('POST', `/supervisor/workers/${id}/${verb}`, { body })
}

/** What Temporal Web UI says of where a run stands. */
export async function detailsOf({ temporal }: Rig, workflowId: string): Promise<string> {
  const described = await temporal.workflow
    .getHandle(workflowId)
    .query<{ readonly currentDetails: string }>('__temporal_workflow_metadata')
  return described.currentDetails
}

/** The states a worker has been in, oldest first. */
export function statesOf({ state_history }: WorkerDetail): readonly string[] {
  return state_history.map(({ to_state }) => to_state).toReversed()
}
