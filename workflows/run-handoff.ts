import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'

import { HandoffRunner } from './handoff-runner.ts'
import { driveHandoff, steerRun, type HandoffEnd, type HandoffRunInput } from './messages.ts'

/**
 * Carries one build from discovery to its end: waits for the advances of its roles, for weeks if they like, or has them
 * work by themselves. Where it stands is in the database, so any run of it may take it up.
 */
export async function runHandoff(input: HandoffRunInput): Promise<HandoffEnd> {
  const runner = new HandoffRunner(input)
  setHandler(driveHandoff, (message) => runner.drive(message), {
    description: 'Advance the build, send its work back, or take it back to an earlier phase',
  })
  setHandler(steerRun, (wish) => runner.steer(wish), {
    description: 'Pause the build before its next phase, or resume it',
  })
  try {
    await runner.open()
    while (!runner.isOver) {
      await runner.step(() => workflowInfo().continueAsNewSuggested)
      if (runner.isOver || !runner.isIdle || !workflowInfo().continueAsNewSuggested) continue
      await condition(allHandlersFinished)
      await continueAsNew<typeof runHandoff>(input)
    }
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => runner.closeCanceled())
    throw error
  }
  return runner.end
}
