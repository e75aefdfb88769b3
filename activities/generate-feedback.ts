import { Advice, Assessment } from '../contract/feedback.ts'
import { readJobArtefact } from '../db/read/job-artefacts.ts'
import { showFeedbackPreview } from '../db/write/feedback-steps.ts'
import { askModel, provenanceOf } from './ask-model.ts'
import type { ActivityDeps } from './deps.ts'
import { readFeedbackInput } from './read-feedback-input.ts'
import { guardFor } from './llm/assemble/assemble-assessment.ts'
import { createPreviewQueue } from './show-previews.ts'
import { FEEDBACK_ARTEFACTS, runFeedbackStage } from './run-feedback-stage.ts'
import type { StageInput, StageOutcome } from './try-stage.ts'

const TITLES = [
  ['strengths', 'What works'],
  ['gaps', 'What is missing'],
  ['required_fixes', 'What has to change'],
  ['suggested_improvements', 'What could be clearer'],
] as const

/** The feedback as it takes shape: each part with what it begins with. */
function previewsOf(advice: Advice): readonly string[] {
  return TITLES.flatMap(([part, title]) => {
    const [first] = advice[part]
    return first === undefined ? [] : [`${title}: ${first.text}`]
  })
}

/** Words what was seen: what is strong, what is missing, what has to change, what to do next. */
export async function generateFeedback(deps: ActivityDeps, input: StageInput): Promise<StageOutcome> {
  return runFeedbackStage(deps, 'generate_feedback', input, async (work) => {
    const given = await readFeedbackInput(deps, work.step)
    const found = FEEDBACK_ARTEFACTS.analyze_against_plan_and_rubric
    const assessment = await readJobArtefact(deps.db.read, work.step.job_id, found, Assessment)
    const previews = createPreviewQueue<string>((preview, position) =>
      showFeedbackPreview(deps.db.write, work.step, preview, position),
    )
    const guard = guardFor(given)
    const asked = { ...given, checks: assessment.checks, assessment }
    const reply = await askModel(deps, work, 'advise', asked, {
      onPartial: (partial) => {
        if (partial.kind === 'feedback' && guard(partial.text) === null) previews.show(partial.text)
      },
    })
    const body = Advice.parse(reply.output)
    for (const preview of previewsOf(body)) previews.show(preview)
    await previews.settled()
    const kind = FEEDBACK_ARTEFACTS.generate_feedback
    return { artefacts: [{ kind, body, provenance: provenanceOf(deps, reply) }] }
  })
}
