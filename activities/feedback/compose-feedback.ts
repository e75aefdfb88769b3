import type { EvidenceItem } from '../../contract/evidence.ts'
import type { Advice, Assessment, Feedback, FeedbackPoint, FeedbackTarget } from '../../contract/feedback.ts'
import type { Evidence } from '../../contract/requirements.ts'

const SECTIONS = ['strengths', 'gaps', 'required_fixes', 'suggested_improvements', 'next_actions'] as const

const at = (pointer: string, evidence: readonly Evidence[]): readonly EvidenceItem[] =>
  evidence.map((item) => ({ pointer, ...item }))

const textsOf = (points: readonly FeedbackPoint[]): string[] => points.map(({ text }) => text)

/** Puts feedback together from what was seen and what is to be said, with the words each line rests on beside it. */
export function composeFeedback({
  target,
  assessment,
  advice,
}: {
  readonly target: FeedbackTarget
  readonly assessment: Assessment
  readonly advice: Advice
}): { readonly result: Feedback; readonly evidence: readonly EvidenceItem[] } {
  const criterion_scores = assessment.criteria.map(({ criterion_id, criterion, observation, status }) => ({
    criterion_id,
    criterion,
    observation,
    status,
  }))
  const result: Feedback = {
    target,
    scorecard: { criterion_scores, overall_readiness: advice.overall_readiness },
    strengths: textsOf(advice.strengths),
    gaps: textsOf(advice.gaps),
    required_fixes: textsOf(advice.required_fixes),
    suggested_improvements: textsOf(advice.suggested_improvements),
    next_actions: textsOf(advice.next_actions),
  }
  const evidence = [
    ...assessment.criteria.flatMap((one, index) => at(`/scorecard/criterion_scores/${index}`, one.evidence)),
    ...SECTIONS.flatMap((section) =>
      advice[section].flatMap((point, index) => at(`/${section}/${index}`, point.evidence)),
    ),
  ]
  return { result, evidence }
}
