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
