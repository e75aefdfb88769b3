import { Assessment } from '../contract/feedback.ts'
import { askModel, provenanceOf } from './ask-model.ts'
import type { ActivityDeps } from './deps.ts'
import { checkRules } from './feedback/check-rules.ts'
import { readFeedbackInput } from './read-feedback-input.ts'
import { FEEDBACK_ARTEFACTS, runFeedbackStage } from './run-feedback-stage.ts'
import type { StageInput, StageOutcome } from './try-stage.ts'

/** Holds the work against rules that code can check, then against plan and rubric. */
export async function analyzeSubmission(deps: ActivityDeps, input: StageInput): Promise<StageOutcome> {
  return runFeedbackStage(deps, 'analyze_against_plan_and_rubric', input, async (work) => {
    const given = await readFeedbackInput(deps, work.step)
    const checks = [...checkRules(given)]
    const reply = await askModel(deps, work, 'assess', { ...given, checks })
    const body = Assessment.parse({ checks, ...reply.output })
    const kind = FEEDBACK_ARTEFACTS.analyze_against_plan_and_rubric
    return { artefacts: [{ kind, body, provenance: provenanceOf(deps, reply) }] }
  })
}
