import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  patched,
  setHandler,
} from '@temporalio/workflow'

import { PLAN_STAGES } from '../contract/stages.ts'
import { retryStage, steerRun, type PlanRunInput, type RetryStageMessage } from './messages.ts'
import { PlanRunner } from './plan-runner.ts'

/** Plans one generation of one assignment: six stages, each retried when the world is flaky and parked when it is not. */
export async function planAssignment(input: PlanRunInput): Promise<void> {
  const runner = new PlanRunner(input)
  setHandler(retryStage, (message) => runner.reopen(message), {
    validator: (message: RetryStageMessage) => runner.refuse(message),
    description: 'Go on from the parked stage under a new job',
  })
  setHandler(steerRun, (wish) => runner.steering.steer(wish), {
    description: 'Pause the run before its next stage, or resume it',
  })
  try {
    for (const stage of PLAN_STAGES) await runner.finish(stage)
    if (patched('review')) await runner.startReview()
    runner.showDone()
    await condition(allHandlersFinished)
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => runner.closeCanceled())
    throw error
  }
}
