import type { Span } from '../text/view.ts'

const WHOM = String.raw`(?:me|us|him|her|them|your (?:\w+ )?(?:instructor|professor|lecturer|teacher|tutor|TA|supervisor|leader)|the (?:\w+ )?(?:instructor|professor|lecturer|tutor|TAs?|office|librarian|team|staff))`
const ASKS = String.raw`\bask(?! to (?:hand|turn|submit))(?= ${WHOM}\b| for\b| about\b| in\b| on\b| at\b| before\b| by\b| questions?\b)|\b(?:write to|contact|consult|talk to|speak (?:to|with)|come and see|see|e-?mail|message|notify) ${WHOM}(?! (?:your|a|an|the|this|it)\b)|\b(?:direct|bring|post|send|raise|ask)\b (?:(?:any|all|your|me|us|further) )*questions?\b|\brequest (?:an? |the |your )?(?:extension|permission|approval|exception|change)\b`
const HANDS_IN = String.raw`\b(?:due|deadline|submi(?:t|ts|tted|ssion)|hand(?:ed|s)? in|turn(?:ed|s)? in|upload(?:ed|s)?|deliver(?:ed)?|post (?:your|the|a))\b`
const EITHER = new RegExp(`(?<asks>${ASKS})|(?<hands>${HANDS_IN})`, 'giu')

/**
 * Whether a date in a sentence is one to ask somebody by, `write to me before 2 December`, and so no date on which
 * anything is handed in: the nearest of the verbs before it decides, where none stands before it the first behind it.
 */
export function asksBefore(sentence: string, { start }: Pick<Span, 'start'>): boolean {
  const verbs = [...sentence.matchAll(EITHER)]
  const deciding = verbs.findLast(({ index }) => index < start) ?? verbs[0]
  return deciding?.groups?.['asks'] !== undefined
}
