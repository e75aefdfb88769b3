import type { Client } from '@temporalio/client'

import { feedbackWorkflowId } from '../contract/ids.ts'
import type { OpenFeedback } from '../db/read/feedback-runs.ts'
import { FEEDBACK_WORKFLOW, type FeedbackRunInput, type StagePace } from '../workflows/messages.ts'
import { callTemporal } from './connect.ts'
import type { OutsideEnding } from '../db/intents/outside-ends.ts'
import { endRun } from './end-run.ts'
import { findRun } from './find-run.ts'
import { launchOnce } from './launch.ts'
import { feedbackAttributes } from './start-options.ts'

const DEADLINE_MS = 5_000

const DETAILS = [
  'Holds one submission against the plan and the rubric of its assignment, in four stages.',
  '',
  'A stage that cannot go on ends the run: its failure names the code, and the job says in words what happened. Submissions and feedback are not here: they stand in PostgreSQL under the job id.',
].join('\n')

export interface FeedbackRunsOptions {
  readonly client: Client
  readonly pace: StagePace
  readonly taskQueue: string
}

/** How its run was ended when Temporal has it but it is over, although its job is not. */
export type FeedbackRunState = 'started' | 'running' | OutsideEnding

/** Starts feedback runs; each method throws PartAway when Temporal does not answer. */
export interface FeedbackRuns {
  /** Sees to it that the run of a job is under way, or says how it ended. */
  ensure(job: OpenFeedback): Promise<FeedbackRunState>
  /** Ends the run of a job that was canceled beside it. */
  end(job_id: string): Promise<void>
}

/** Makes what starts feedback runs. */
export function createFeedbackRuns({ client, pace, taskQueue }: FeedbackRunsOptions): FeedbackRuns {
  const call = <R>(work: (client: Client) => Promise<R>): Promise<R> =>
    callTemporal(client, DEADLINE_MS, () => work(client))
  const start = async (job: OpenFeedback): Promise<boolean> => {
    const { workspace_id, generation, job_id, attempt, kind, course_id, assignment_id } = job
    const input: FeedbackRunInput = { workspace_id, generation, job_id, attempt, pace }
    const of = kind === 'milestone_feedback' ? 'a milestone of' : 'the work for'
    const options = {
      workflowId: feedbackWorkflowId(job_id),
      taskQueue,
      args: [input],
      staticSummary: `Feedback on ${of} course ${course_id}, assignment ${assignment_id}`,
      staticDetails: DETAILS,
      memo: { generation },
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    } as const
    return launchOnce(call, {
      workflow: FEEDBACK_WORKFLOW,
      options,
      attributes: feedbackAttributes(job),
    })
  }
  const find = async (job_id: string): Promise<FeedbackRunState> => {
    const state = await findRun(call, feedbackWorkflowId(job_id))
    // Kept for a while only, and then forgotten: a job that is still open by then was ended.
    return state === undefined || state === 'ended' ? 'failed' : state
  }
  return {
    end: (job_id) => endRun(call, { workflowId: feedbackWorkflowId(job_id), reason: 'Its job was canceled' }),
    ensure: async (job) => ((await start(job)) ? 'started' : find(job.job_id)),
  }
}
