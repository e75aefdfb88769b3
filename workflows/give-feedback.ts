import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  setHandler,
} from '@temporalio/workflow'

import { FEEDBACK_STAGES } from '../contract/stages.ts'
import { FeedbackRunner } from './feedback-runner.ts'
import { steerRun, type FeedbackRunInput } from './messages.ts'

/** Gives feedback on one submission: four stages, each retried when the world is flaky; one that fails for good ends it. */
export async function giveFeedback(input: FeedbackRunInput): Promise<void> {
  const runner = new FeedbackRunner(input)
  setHandler(steerRun, (wish) => runner.steering.steer(wish), {
    description: 'Pause the run before its next stage, or resume it',
  })
  try {
    for (const stage of FEEDBACK_STAGES) await runner.finish(stage)
    runner.showDone()
    await condition(allHandlersFinished)
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => runner.closeCanceled())
    throw error
  }
}
