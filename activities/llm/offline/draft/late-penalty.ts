import type { Requirement } from '../../../../contract/requirements.ts'
import { weighsGrade } from '../distill/read-penalty.ts'

const LATE =
  /\blate(?:ness)?\b|\boverdue\b|\bafter (?:the|this|that|its|your|either|each) (?:\w+ )?(?:due date|deadline|date|cut-?off)\b/iu
const A_TIME =
  /\d+ ?(?:%|percent|points?|marks?)\b[^.;]{0,40}\b(?:per|a|each|every) (?:calendar |working |week)?(?:day|hour|week)/iu
const REFUSED =
  /\b(?:not|never|cannot|no longer)\b[^.;]{0,30}\b(?:accepted|taken|graded|marked|read|handed in|submitted)\b|\bno credit\b/iu

/** Whether a requirement says what work loses that comes late, or that it is not taken any more. */
export function isLatePenalty({ statement, modality }: Pick<Requirement, 'statement' | 'modality'>): boolean {
  if (modality === 'may' || !LATE.test(statement)) return false
  return weighsGrade(statement) || A_TIME.test(statement) || REFUSED.test(statement)
}

const DEFAULT =
  /\bunless (?:an?|the|your|any) (?:assignment|sheet|brief|instructions?|task|handout|prompt)\b[^,;]{0,20}\botherwise\b|\bunless (?:it is )?(?:otherwise (?:stated|noted|specified|announced)|(?:stated|noted|specified|announced) otherwise)\b/iu

/** The rules on late work that bind: what a course says `unless an assignment says otherwise` gives way to a rule of its own. */
export function bindingLate<One extends Pick<Requirement, 'statement' | 'modality'>>(
  requirements: readonly One[],
): readonly One[] {
  const late = requirements.filter(isLatePenalty)
  const own = late.filter(({ statement }) => !DEFAULT.test(statement))
  return own.length > 0 ? own : late
}
