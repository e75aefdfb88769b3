const WORK = String.raw`(?:it|this|(?:the|this|your) (?:\p{L}+ )?(?:project|assignment|work|task|report|exercise|essay|paper|lab|problem set))`
const HOURS = String.raw`(?:about |around |roughly |between |some )?\d{1,3}(?:\s?(?:to|and|or|[-–])\s?\d{1,3})? (?:hours?|days)\b`
const EFFORT = new RegExp(
  String.raw`^${WORK} (?:usually |typically |normally |often |generally )?(?:takes?|needs?|requires?|should take|will take|has taken)(?: (?:most|many|the average|an average|a typical) \p{L}+| you| students| teams)? ${HOURS}`,
  'iu',
)
const EXPECT_HOURS = new RegExp(
  String.raw`^(?:plan|allow|reckon with|count on|expect|budget|set aside)(?: to spend| on spending)? ${HOURS}`,
  'iu',
)
// "If the brief and an announcement disagree, the later announcement wins."
const SOURCE = String.raw`(?:(?:later|latest|newer|newest|more recent|most recent|last|written|printed|online) )?(?:announcements?|briefs?|sheets?|syllabus|canvas|handouts?|versions?|pdfs?|guides?|texts?|instructions?|rubrics?|documents?|page|dates?|forum posts?)`
const PREVAILS = new RegExp(
  String.raw`\b(?:the|an?|what the) ${SOURCE}(?: (?:in|on|of) [\p{L} ]{2,20})? (?:wins?|prevails?|takes? precedence|rules?|overrides? [^,;]+|is (?:binding|authoritative)|are (?:binding|authoritative)|counts?)$`,
  'iu',
)
const CASE_OF_IT =
  /\b(?:disagree|differ|conflict|contradict|clash|in doubt|discrepanc|later|latest|newer|newest|most recent|precedence|prevail|override|binding|authoritative)/iu
// "The lab machines are the reference": what decides when two of them differ.
const REFERENCE =
  /^(?:the|our) [\p{L}\d ./-]{2,40} (?:is|are|serves? as) (?:the|our) (?:reference|reference (?:platform|machine|system|implementation|environment)s?|target (?:platform|machine|system)s?)$/iu

/** Whether a clause says how long the work takes as a rule, `It takes most teams 18 to 25 hours`. */
export function saysEffort(clause: string): boolean {
  const text = clause.trim().replace(/[.!]$/u, '')
  return EFFORT.test(text) || EXPECT_HOURS.test(text)
}

/** Whether a clause says which of two sources or machines decides, `the later announcement wins`. */
export function saysWhatPrevails(clause: string): boolean {
  const text = clause.trim().replace(/[.!]$/u, '')
  return (PREVAILS.test(text) && CASE_OF_IT.test(text)) || REFERENCE.test(text)
}
