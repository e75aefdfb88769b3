import { CancellationScope, isCancellation } from '@temporalio/workflow'

import { FEEDBACK_STAGES } from '../contract/stages.ts'
import { FeedbackRunner } from './feedback-runner.ts'
import type { FeedbackRunInput } from './messages.ts'

/** Gives feedback on one submission: four stages, each retried when the world is flaky; one that fails for good ends it. */
export async function giveFeedback(input: FeedbackRunInput): Promise<void> {
  const runner = new FeedbackRunner(input)
  try {
    for (const stage of FEEDBACK_STAGES) await runner.finish(stage)
    runner.showDone()
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => runner.closeCanceled())
    throw error
  }
}
