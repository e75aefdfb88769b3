import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { executeChild, sleep } from '@temporalio/workflow'

import { handoffWorkflowId } from '../contract/ids.ts'
import { HANDOFF_WORKFLOW, type HandoffEnd, type HandoffRunInput } from './messages.ts'
import { attributesBelow } from './search-attributes.ts'

const LOOK_AGAIN = '1 second'

/** Has the build of a task run to its end as a child: it ends with its masterplan's run. Throws ChildWorkflowFailure. */
export async function runBuild(input: HandoffRunInput, task: string): Promise<HandoffEnd> {
  for (;;) {
    try {
      return await executeChild<(input: HandoffRunInput) => Promise<HandoffEnd>>(HANDOFF_WORKFLOW, {
        workflowId: handoffWorkflowId(input.workflow_id),
        args: [input],
        typedSearchAttributes: attributesBelow('handoff'),
        staticSummary: `The build of ${task}, handed on between five roles`,
      })
    } catch (error) {
      // A run of this masterplan before this one has ended, and its child is about to.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      await sleep(LOOK_AGAIN, { summary: 'Waits for the run before this one to end' })
    }
  }
}
