import { assembleAdvice } from '../assemble/assemble-advice.ts'
import { assembleAssessment } from '../assemble/assemble-assessment.ts'
import { assembleDistilled } from '../assemble/assemble-distilled.ts'
import { assembleDraft } from '../assemble/assemble-draft.ts'
import { assembleVerdicts } from '../assemble/assemble-verdicts.ts'
import type { ModelStep, ModelSteps } from '../port.ts'
import { advisePrompt } from '../prompts/advise/1.0.0.ts'
import { assessPrompt } from '../prompts/assess/1.0.0.ts'
import { distillPrompt } from '../prompts/distill/1.0.0.ts'
import { draftPrompt } from '../prompts/draft/1.1.0.ts'
import { judgePrompt } from '../prompts/judge/1.0.0.ts'
import { nameVersion, type Prompt } from '../prompts/prompt.ts'
import { askOneModel, type Asking, type Assembled } from './ask-model.ts'

type Input<S extends ModelStep> = ModelSteps[S]['input']
type Output<S extends ModelStep> = ModelSteps[S]['output']

/** How a step is put to a model and what becomes of the answer. */
interface Step<S extends ModelStep> {
  readonly prompt_version: string
  /** The output where there is nothing to ask; null where a model is needed. */
  readonly settle: (input: Input<S>) => Output<S> | null
  readonly ask: (input: Input<S>, mark: string, asking: Asking) => Promise<Output<S>>
}

function defineStep<S extends ModelStep, A>(
  prompt: Prompt<Input<S>, A>,
  assemble: (answer: A, input: Input<S>) => Assembled<Output<S>>,
  settle: Step<S>['settle'] = () => null,
): Step<S> {
  const prompt_version = nameVersion(prompt)
  return {
    prompt_version,
    settle,
    ask: (input, mark, asking) =>
      askOneModel(asking, {
        name: prompt.id,
        prompt_version,
        schema: prompt.schema,
        ...prompt.render(input, mark),
        assemble: (answer) => assemble(answer, input),
      }),
  }
}

/** The prompts in use: a new version of one is a new file beside the old, named here. */
export const STEPS: { readonly [S in ModelStep]: Step<S> } = {
  distill: defineStep(distillPrompt, assembleDistilled),
  draft: defineStep(draftPrompt, assembleDraft),
  judge: defineStep(judgePrompt, assembleVerdicts, ({ claims }) =>
    claims.length === 0 ? { verdicts: [] } : null,
  ),
  assess: defineStep(assessPrompt, assembleAssessment),
  advise: defineStep(advisePrompt, assembleAdvice),
}
