import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  setHandler,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow'

import { MasterplanRunner } from './masterplan-runner.ts'
import {
  changeMasterplan,
  retryMasterplanTask,
  type ChangeMessage,
  type MasterplanRunInput,
  type TaskRetryMessage,
} from './messages.ts'

/**
 * Carries one masterplan from its draft to its end: waits for people, for weeks if they like, and works at its tasks in
 * the order they depend on each other. Where it stands is in the database, so any run of it may take it up.
 */
export async function runMasterplan(input: MasterplanRunInput): Promise<void> {
  const runner = new MasterplanRunner(input)
  setHandler(changeMasterplan, (message) => runner.change(message), {
    validator: (message: ChangeMessage) => runner.refuse(message),
    description: 'Approve, reject, execute, pause, resume, cancel or retry the masterplan',
  })
  setHandler(retryMasterplanTask, (message) => runner.retryTask(message), {
    validator: (message: TaskRetryMessage) => runner.refuseTask(message),
    description: 'Try a failed task again',
  })
  try {
    await runner.open()
    while (!runner.isOver) {
      await runner.step(() => workflowInfo().continueAsNewSuggested)
      if (runner.isOver || !runner.isDrained || !workflowInfo().continueAsNewSuggested) continue
      await condition(allHandlersFinished)
      await continueAsNew<typeof runMasterplan>(input)
    }
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => runner.closeCanceled(uuid4()))
    throw error
  }
}
