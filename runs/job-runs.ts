import type { Client } from '@temporalio/client'

import { jobWorkflowId } from '../contract/ids.ts'
import { JOB_WORKFLOW, type JobRunInput, type StagePace } from '../workflows/messages.ts'
import { callTemporal } from './connect.ts'
import { cancelRun } from './end-run.ts'
import { findRun, type RunState } from './find-run.ts'
import { launchOnce } from './launch.ts'
import { jobAttributes } from './start-options.ts'

const DEADLINE_MS = 5_000

const DETAILS = [
  'Works at a job that somebody submitted: at the jobs it was split into, each a run of its own below this one, or at one step of a model.',
  '',
  'What it is about is not here: it stands in PostgreSQL under the job id.',
].join('\n')

export interface JobRunsOptions {
  readonly client: Client
  readonly pace: StagePace
  readonly taskQueue: string
  /** What level timeouts grow from, in seconds. */
  readonly timeoutBaseSeconds: number
}

interface Owned {
  readonly job_id: string
  readonly user_id: string
}

/** Reaches the runs of submitted jobs; each method throws PartAway when Temporal does not answer. */
export interface JobRuns {
  /** Starts the run of a job unless there is one; whether it was started now. */
  start(job: Owned): Promise<boolean>
  /** Asks the run of a job to end, with those below it. */
  end(job_id: string): Promise<void>
  /** How the run of a job stands; undefined when there is none. */
  find(job_id: string): Promise<RunState>
}

class TemporalJobRuns implements JobRuns {
  readonly #options: JobRunsOptions

  constructor(options: JobRunsOptions) {
    this.#options = options
  }

  #call<R>(work: (client: Client) => Promise<R>): Promise<R> {
    const { client } = this.#options
    return callTemporal(client, DEADLINE_MS, () => work(client))
  }

  async start(job: Owned): Promise<boolean> {
    const { pace, taskQueue, timeoutBaseSeconds: timeout_base_s } = this.#options
    const { job_id } = job
    const input: JobRunInput = { job_id, pace, timeout_base_s }
    const options = {
      workflowId: jobWorkflowId(job_id),
      taskQueue,
      args: [input],
      staticSummary: 'A submitted job',
      staticDetails: DETAILS,
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    } as const
    const attributes = jobAttributes(job)
    return launchOnce((work) => this.#call(work), { workflow: JOB_WORKFLOW, options, attributes })
  }

  end(job_id: string): Promise<void> {
    return cancelRun((work) => this.#call(work), jobWorkflowId(job_id))
  }

  find(job_id: string): Promise<RunState> {
    return findRun((work) => this.#call(work), jobWorkflowId(job_id))
  }
}

/** Makes what reaches the runs of submitted jobs. */
export function createJobRuns(options: JobRunsOptions): JobRuns {
  return new TemporalJobRuns(options)
}
