import { RunFailure } from '../contract/run-errors.ts'
import { findRunOwner } from '../db/read/runs.ts'
import { bookModelCall } from '../db/write/llm-calls.ts'
import type { ActivityDeps } from './deps.ts'
import type { ModelReply, ModelStep, ModelSteps } from './llm/port.ts'
import type { StageWork } from './run-stage.ts'

/** Asks the model for one step and books the call, whether it went well or not. */
export async function askModel<S extends ModelStep>(
  deps: ActivityDeps,
  { step, signal }: StageWork,
  modelStep: S,
  input: ModelSteps[S]['input'],
): Promise<ModelReply<S>> {
  const { tenant_id } = await findRunOwner(deps.db.read, step.workspace_id)
  const started = performance.now()
  const { job_id, generation, stage } = step
  const about = { job_id, tenant_id, generation, stage, provider: deps.llm.provider }
  const elapsed = (): number => Math.round(performance.now() - started)
  try {
    const reply = await deps.llm.run(modelStep, input, { signal })
    const { model, prompt_version, usage } = reply
    await bookModelCall(deps.db.write, {
      ...about,
      model,
      prompt_version,
      ...usage,
      duration_ms: elapsed(),
      outcome: 'ok',
    })
    return reply
  } catch (error) {
    const outcome = error instanceof RunFailure ? error.code : 'BROKEN'
    const unknown = { model: 'unknown', prompt_version: 'unknown', input_tokens: 0, output_tokens: 0 }
    await bookModelCall(deps.db.write, { ...about, ...unknown, duration_ms: elapsed(), outcome })
    throw error
  }
}

/** Which model made an artefact, to be kept beside it. */
export function provenanceOf(deps: ActivityDeps, reply: ModelReply<ModelStep>) {
  return { provider: deps.llm.provider, model: reply.model, prompt_version: reply.prompt_version }
}
