import { createHash } from 'node:crypto'

import { z } from 'zod'

import { assembleAdvice } from '../assemble/assemble-advice.ts'
import { assembleAssessment } from '../assemble/assemble-assessment.ts'
import { assembleDistilled } from '../assemble/assemble-distilled.ts'
import { assembleDraft } from '../assemble/assemble-draft.ts'
import { assembleVerdicts } from '../assemble/assemble-verdicts.ts'
import { assembleAudit } from '../assemble/roles/assemble-audit.ts'
import { assembleDiscovery } from '../assemble/roles/assemble-discovery.ts'
import { assembleGuide } from '../assemble/roles/assemble-guide.ts'
import { assemblePlanning } from '../assemble/roles/assemble-planning.ts'
import { assembleRelease } from '../assemble/roles/assemble-release.ts'
import { assembleReview } from '../assemble/roles/assemble-review.ts'
import { assembleScaffold } from '../assemble/roles/assemble-scaffold.ts'
import { assembleWorkNote } from '../assemble/assemble-work-note.ts'
import { askInParts, isTooLong, type InParts } from '../long/ask-in-parts.ts'
import { joinDistilled, splitDistill } from '../long/distill-parts.ts'
import type { ModelStep, ModelSteps, Partial } from '../port.ts'
import { advisePrompt } from '../prompts/advise/1.0.0.ts'
import { assessPrompt } from '../prompts/assess/1.0.0.ts'
import { scaffoldPrompt } from '../prompts/code-writer/1.0.0.ts'
import { distillPrompt } from '../prompts/distill/1.0.0.ts'
import { draftPrompt } from '../prompts/draft/1.1.0.ts'
import { judgePrompt } from '../prompts/judge/1.0.0.ts'
import { nameVersion, type Prompt } from '../prompts/prompt.ts'
import { arrangePrompt, discoverPrompt, guidePrompt } from '../prompts/q-assistant/1.0.0.ts'
import { releasePrompt } from '../prompts/release-manager/1.0.0.ts'
import { auditPrompt } from '../prompts/test-auditor/1.0.0.ts'
import { reviewPrompt } from '../prompts/verification-overseer/1.0.0.ts'
import { workJobPrompt } from '../prompts/work-job/1.0.0.ts'
import { ModelFailure } from './failures.ts'
import { showAdvice, showMilestones } from './show-partial.ts'
import { askOneModel, type Asking, type Assembled } from './ask-model.ts'

type Input<S extends ModelStep> = ModelSteps[S]['input']
type Output<S extends ModelStep> = ModelSteps[S]['output']

/** What asking brought: the output, and the answer it was made of. */
interface Asked<O> {
  readonly output: O
  readonly answer: unknown
}

/** How a step is put to a model and what becomes of the answer. */
interface Step<S extends ModelStep> {
  readonly prompt_version: string
  /** The output where there is nothing to ask; null where a model is needed. */
  readonly settle: (input: Input<S>) => Output<S> | null
  /** Stands for everything the model is asked: two inputs with the same name are the same question. */
  readonly nameQuestion: (input: Input<S>) => string
  /** The output of an answer that was given before; null when it does not fit this input. */
  readonly revive: (answer: unknown, input: Input<S>) => Output<S> | null
  readonly ask: (input: Input<S>, mark: string, asking: Asking) => Promise<Asked<Output<S>>>
  /** What can be shown of an answer that is still being written. */
  readonly showPartial: (text: string) => Promise<readonly Partial[]>
}

// In place of the mark that is drawn anew for each call.
const ANY_MARK = 'any'
const SHOWS_NOTHING = async (): Promise<readonly Partial[]> => []

/** How a step is taken in parts, where it can be. */
type Parts<I, A> = Pick<InParts<I, A>, 'split' | 'join'>

/** What is asked of a part: an answer of the form, of which nothing is made yet. */
const asItIs = <A>(answer: A): Assembled<A> => ({ ok: true, output: answer })

function defineStep<S extends ModelStep, A>(
  prompt: Prompt<Input<S>, A>,
  assemble: (answer: A, input: Input<S>) => Assembled<Output<S>>,
  more: Pick<Step<S>, 'settle' | 'showPartial'>,
  parts: Parts<Input<S>, A> | null = null,
): Step<S> {
  const prompt_version = nameVersion(prompt)
  const schema = JSON.stringify(z.toJSONSchema(prompt.schema))
  return {
    prompt_version,
    ...more,
    nameQuestion: (input) => {
      const { instructions, prompt: words } = prompt.render(input, ANY_MARK)
      return createHash('sha256')
        .update(JSON.stringify([prompt_version, schema, instructions, words]))
        .digest('hex')
    },
    revive: (answer, input) => {
      const parsed = prompt.schema.safeParse(answer)
      if (!parsed.success) return null
      const assembled = assemble(parsed.data, input)
      return assembled.ok ? assembled.output : null
    },
    ask: async (input, mark, asking) => {
      const question = (of: Input<S>) => ({
        name: prompt.id,
        prompt_version,
        schema: prompt.schema,
        ...prompt.render(of, mark),
      })
      const whole = { ...question(input), assemble: (answer: A) => assemble(answer, input) }
      if (parts === null) return askOneModel(asking, whole)
      const characters = whole.prompt.length
      if (characters <= asking.most_characters) {
        const asked = await orTooLong(askOneModel(asking, whole))
        if (asked !== null) return asked
      }
      const most = Math.min(asking.most_characters, characters / 2)
      const ask = async (of: Input<S>) =>
        (await askOneModel(asking, { ...question(of), assemble: asItIs })).output
      const answer = await askInParts({ ...parts, ask }, input, most)
      const assembled = assemble(answer, input)
      if (assembled.ok) return { output: assembled.output, answer }
      throw new ModelFailure(asking.name, { kind: 'misshapen', retry_after_ms: null, cause: NO_ERROR })
    },
  }
}

const NO_ERROR = { name: 'ModelAnswer', status: null, request_id: null } as const

/** What asking brings; null where the question was too long for the model. */
async function orTooLong<R>(asking: Promise<R>): Promise<R | null> {
  try {
    return await asking
  } catch (error) {
    if (isTooLong(error)) return null
    throw error
  }
}

const PLAIN = { settle: () => null, showPartial: SHOWS_NOTHING } as const

/** The prompts in use: a new version of one is a new file beside the old, named here. */
export const STEPS: { readonly [S in ModelStep]: Step<S> } = {
  distill: defineStep(distillPrompt, assembleDistilled, PLAIN, { split: splitDistill, join: joinDistilled }),
  draft: defineStep(draftPrompt, assembleDraft, { ...PLAIN, showPartial: showMilestones }),
  judge: defineStep(judgePrompt, assembleVerdicts, {
    ...PLAIN,
    settle: ({ claims }) => (claims.length === 0 ? { verdicts: [] } : null),
  }),
  assess: defineStep(assessPrompt, assembleAssessment, PLAIN),
  advise: defineStep(advisePrompt, assembleAdvice, { ...PLAIN, showPartial: showAdvice }),
  discover: defineStep(discoverPrompt, assembleDiscovery, PLAIN),
  arrange: defineStep(arrangePrompt, assemblePlanning, PLAIN),
  scaffold: defineStep(scaffoldPrompt, assembleScaffold, PLAIN),
  audit: defineStep(auditPrompt, assembleAudit, PLAIN),
  review: defineStep(reviewPrompt, assembleReview, PLAIN),
  release: defineStep(releasePrompt, assembleRelease, PLAIN),
  guide: defineStep(guidePrompt, assembleGuide, PLAIN),
  work_job: defineStep(workJobPrompt, assembleWorkNote, PLAIN),
}
