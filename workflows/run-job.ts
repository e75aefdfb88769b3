import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'

import { JobRunner } from './job-runner.ts'
import { steerRun, type JobOutcome, type JobRunInput } from './messages.ts'

/**
 * Runs one submitted job: waits for its place, works at it or at the jobs it was split into, each a run of this kind
 * below. Fails with the code of its error, so that whoever looks at it in Temporal sees how it ended.
 */
export async function runJob(input: JobRunInput): Promise<JobOutcome> {
  const runner = new JobRunner(input)
  setHandler(steerRun, (wish) => runner.steering.steer(wish), {
    description: 'Pause the job before it begins anything new, or resume it',
  })
  try {
    const ended = await runner.run(() => workflowInfo().continueAsNewSuggested)
    await condition(allHandlersFinished)
    if (ended === 'drained') return await continueAsNew<typeof runJob>(input)
    const { status, code } = ended
    if (status !== 'FAILED') return { status }
    throw ApplicationFailure.nonRetryable('The job has failed', code ?? 'RETRIES_EXHAUSTED')
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => runner.closeCanceled())
    throw error
  }
}
