import type { ModelProvider } from '../../activities/llm/providers/create-model.ts'
import { agree, distilNothing, draftTwoTasks, promptOf } from '../models/project-answers.ts'
import { paid, startScriptedModel, type Pace, type ScriptedModel } from '../models/scripted-model.ts'
import { PATIENT, startRig, type Rig } from './rig.ts'

/** What each step of the scripted model costs, as input and output tokens. */
export const COSTS = { distill: [4_000, 300], draft: [3_000, 700], judge: [2_000, 400] } as const

export interface ModelRig extends AsyncDisposable {
  readonly rig: Rig
  readonly model: ScriptedModel
  /** Steps in the order the model was asked for them, over all workers. */
  readonly asked: string[]
  /** What it was asked for drafts, in order. */
  readonly draftPrompts: string[]
}

/** How the worker is told of a scripted model. */
export function modelSettings(
  model: ScriptedModel,
  provider: ModelProvider = 'openai-compatible',
): Record<string, string> {
  const { baseUrl, apiKey, model: name } = model.choice(provider)
  return {
    LLM_PROVIDER: provider,
    LLM_MODEL: name,
    LLM_API_KEY: apiKey?.reveal() ?? '',
    LLM_BASE_URL: baseUrl ?? '',
  }
}

/** All of Waymark with a scripted model in the place of the rules, for the programming project of the sandbox. */
export async function startModelRig(env: Record<string, string> = {}, pace?: Pace): Promise<ModelRig> {
  await using opening = new AsyncDisposableStack()
  const model = opening.use(await startScriptedModel(pace))
  const asked: string[] = []
  const draftPrompts: string[] = []
  const answer = (step: keyof typeof COSTS, of: (prompt: string) => object): void => {
    const [input, output] = COSTS[step]
    model.answer(step, [
      (request) => {
        asked.push(step)
        if (step === 'draft') draftPrompts.push(promptOf(request))
        return paid(of(promptOf(request)), input, output)
      },
    ])
  }
  answer('distill', distilNothing)
  answer('draft', draftTwoTasks)
  answer('judge', agree)
  const rig = opening.use(await startRig({ env: { ...modelSettings(model), ...PATIENT, ...env } }))
  const open = opening.move()
  return { rig, model, asked, draftPrompts, [Symbol.asyncDispose]: () => open.disposeAsync() }
}
