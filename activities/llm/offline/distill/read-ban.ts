import { startsWithCommand } from './read-command.ts'

const OWNED =
  /\b(?:work|code|writing|words|ideas|text|analysis) must be (?:your own|original)|must be your own\b/iu
// What a reader or a machine does to work it does not take.
const TURNED_AWAY = String.raw`(?:accepted|accommodated|read|marked|graded|granted|considered|tolerated|assessed|reviewed|extended|allowed|permitted|counted|credited|admitted|opened|processed|released|reopened|extended|returned|re-?graded|credit|full|earn(?:ed)?|receive|get|qualify|suffice|count)`
const BANNED = new RegExp(
  [
    String.raw`(?:must|may|can|should|shall|could) (?:not|never)\b(?! only)`,
    String.raw`\b(?:will not|won't|do not|don't|does not|doesn't) (?:be |receive |get |earn )?${TURNED_AWAY}(?!\w)`,
    String.raw`mustn't|cannot|can't|shouldn't`,
    String.raw`(?:is|are|be) (?:strictly |absolutely |generally |also )?(?:prohibited|forbidden|banned|barred|disallowed|unacceptable|off[- ]limits|off the table|out of bounds|excluded)`,
    String.raw`(?:is|are)(?: also)?(?: strictly| absolutely| generally)?(?:n't| not| never) (?:acceptable|accepted|allowed|permitted|to be|eligible|appropriate|sufficient|enough|okay|ok|fine|welcome|taken|possible|an? (?:source|option|excuse|substitute|reason)|sources|options|for)\b`,
    String.raw`receives? (?:no credit|a zero|zero|a failing grade|0)`,
    String.raw`(?:will be|are|is|gets?) (?:stopped|rejected|returned (?:unread|ungraded|unmarked)|refused|ignored|disqualified|given a zero|cut off|treated (?:as|like) (?:plagiarism|misconduct|cheating|missing|fabrication|fraud|copied))`,
    String.raw`(?:is|are) an error\b`,
    String.raw`\bcounts? as (?:plagiarism|misconduct|cheating|academic dishonesty)|\bis (?:plagiarism|cheating|misconduct|academic dishonesty)\b`,
    String.raw`^(?!if |who )[^.;]{3,60} (?:is|are) not$|^(?!if |who )[\p{L} '-]{3,60} (?:don't|doesn't|do not|does not|isn't|aren't)(?:,.*)?$`,
    String.raw`\bn(?:o|othing|one|obody|either)\b[^.;]{0,60} (?:is|are|will be|can be|may be) (?:accepted|allowed|permitted|taken|given|granted|read|marked|graded|possible|tolerated)\b`,
  ].join('|'),
  'iu',
)
const BANNED_START = new RegExp(
  [
    String.raw`^(?:do not|don't|never|avoid|refrain from|under no circumstances|in no case)\b`,
    String.raw`^(?:no one|nobody|none of you|neither (?:of )?\p{L}+|no (?!more|fewer|less|later|longer|smaller|larger)[\p{L}-]+(?:\s[\p{L}-]+){0,3})\s(?:may|will|can|should|is|are|must|\p{L}{3,}s\b)`,
    String.raw`^not?\s(?:accepted|allowed|permitted)\b`,
    String.raw`^(?:there (?:is|are|will be) no|there's no) (?:make-?ups?|extensions?|exceptions?|late|second|re-?writes?|re-?submissions?|credit)\b`,
    String.raw`^neither (?:are|is|do|does|may|can) `,
  ].join('|'),
  'iu',
)
const FORBIDDING = /\b(?:you|and|but|then|they|others|students) (?:do not|don't|never)\b/iu

/** Whether a clause forbids: `may not`, `is not accepted`, `Never …`; `rest` is the clause without its front. */
export function isBan(clause: string, rest: string): boolean {
  if (OWNED.test(clause)) return false
  // "exit with status 2 if the file cannot be read" commands; what its condition says is no ban.
  const condition = /\s(?:if|when|that|which|who|it|they|so that|because|unless)\b.*$/isu
  // Nor is what a clause only tells of: "testing what cannot be seen".
  const told = clause.replace(
    /\b(?:what|that|which|who) (?:(?:an?|the|your|no) [\p{L}-]+ )?(?:cannot|can't|may not|must not)\b(?:\s[\p{L}-]+){0,2}/giu,
    '',
  )
  const main = startsWithCommand(rest) ? rest.replace(condition, '') : told
  return BANNED_START.test(rest) || BANNED.test(main) || FORBIDDING.test(clause)
}
