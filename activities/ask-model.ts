import type { Stage } from '../contract/stages.ts'
import { findRunOwner } from '../db/read/runs.ts'
import { bookModelCall } from '../db/write/llm-calls.ts'
import type { ActivityDeps } from './deps.ts'
import type { ModelReply, ModelStep, ModelSteps } from './llm/port.ts'
import type { StageWork } from './try-stage.ts'

/** Asks the model for one step; every call it takes is booked, whether it went well or not. */
export async function askModel<S extends ModelStep>(
  deps: ActivityDeps,
  { step, signal }: StageWork<Stage>,
  modelStep: S,
  input: ModelSteps[S]['input'],
): Promise<ModelReply<S>> {
  const { tenant_id } = await findRunOwner(deps.db.read, step.workspace_id)
  const { job_id, generation, stage } = step
  return deps.llm.run(modelStep, input, {
    signal,
    book: (call) => bookModelCall(deps.db.write, { job_id, tenant_id, generation, stage, ...call }),
  })
}

/** Which model made an artefact, to be kept beside it. */
export function provenanceOf(deps: ActivityDeps, reply: ModelReply<ModelStep>) {
  const { provider = deps.llm.provider, model, prompt_version } = reply
  return { provider, model, prompt_version }
}
