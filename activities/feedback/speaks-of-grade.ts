const NUMBER = String.raw`(?:\d{1,3}(?:[.,]\d+)?|five|six|seven|eight|nine|ten|twelve|fifteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|a hundred|full|top|maximum|most|half|all|no|extra)`
const THING = String.raw`(?:pages?|paragraphs?|sections?|sentences?|words?|sources?|lines?|places?|times|entries|figures?|tables?)`
const WORK = String.raw`(?:this|it|that|you|(?:your|this|the) (?:essay|paper|work|report|text|draft|thesis|answer|submission|piece))`
const SURELY = String.raw`(?:also |probably |likely |certainly |definitely |surely |easily |comfortably |only |just )?`

const any = (parts: readonly string[], flags: string): RegExp => new RegExp(parts.join('|'), flags)

/** Sentences that say what the work would get, whatever it is about. */
const VERDICT = any(
  [
    String.raw`\b(?:grades?|graded|scores?|scored|marks?|marked|rated|ratings?)\b(?! the\b)[^.!?]{0,24}?\b${NUMBER}(?![\d-]|\s${THING}\b)(?=\W|$)`,
    String.raw`(?<!\b(?:makes?|made|making|raises?|lists?|these|those|with|your|the|has|have|into) )(?<![\d.,])\b${NUMBER} (?:more |of the |out of the )?(?:points?|marks?|pts|credits?)\b`,
    String.raw`(?<![\d.,/])\d{1,3}(?:\.\d)?\s?\/\s?(?:[5-9]|[1-9]\d|100)(?![\d/])(?! of\b)`,
    String.raw`\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|ninety\w*|eighty\w*) out of (?:a (?:possible )?)?(?:\d{1,3}|five|ten|twenty|a hundred|one hundred)\b(?!\s(?:of\s)?(?:the\s|your\s)?\p{Ll}+s\b)`,
    String.raw`\b(?:first|upper second|lower second|second|third)[- ]class (?:work|essay|paper|degree|honou?rs|mark|piece|answer|standard)\b|\b2[:.][12]\b`,
    String.raw`\bwith (?:a )?distinction\b|\bdistinction[- ]level\b|\bpass(?:ing)? (?:grade|mark|level|standard|essay|paper)\b|\bGPA\b|\bband \d\b|[★⭐]`,
    String.raw`\b(?:exceeds?|meets?|below|approach(?:es|ing)|above) (?:the )?expectations?\b|\b(?:proficient|exemplary|unsatisfactory) (?:work|level|essay|paper)\b`,
    String.raw`\b${WORK}(?:['’](?:ll|d))?(?: (?:would|will|should|could|might|may|is (?:likely|going|sure) to))? ${SURELY}(?:earns?|scores?|pass(?:es)?|fails?)\b(?! (?:over|to|on|through|by|the|when|if|as|because)\b)`,
    String.raw`\b${WORK}(?:['’](?:ll|d))?(?: (?:would|will|should|could|might|may|is (?:likely|going|sure) to))? ${SURELY}(?:gets?|receives?|deserves?|merits?|be (?:given|awarded))\b[^.!?]{0,16}?\b(?:\d|[A-F]\b|full|top|high|low|good|passing|excellent|great|credit|distinction)`,
    String.raw`\b(?:deserves?|merits|worthy of|worth)\b[^.!?]{0,20}\b(?:\d{1,3}\b|full (?:marks|credit)|distinction|(?:a |the )?(?:grade|mark|credit|points))`,
    String.raw`\b(?:upper|top|high|higher|low|lower|bottom|middle) (?:end|part|half|third|range|band) of (?:the|your|any) (?:scale|rubric|range|marks|class)\b`,
    String.raw`\b(?:low|high|upper)[- ](?:[5-9]0s|fifties|sixties|seventies|eighties|nineties)\b|(?:^|\b(?:is|be|sits?|falls?|lands?|somewhere|scores?) )in the (?:low |mid |high |upper )?[5-9]0s\b`,
    String.raw`\bNote:? (?:von )?\d|\bPunkte\b|\bcalificaci[oó]n\b|\bpuntuaci[oó]n\b|\b\d{1,3} puntos\b|\bsur (?:10|20|100)\b`,
  ],
  'iu',
)
const LETTER = any(
  [
    String.raw`(?<![\p{L}\p{N}])[A-D][+−–-](?=[\s.,;:!?)”"']|$)`,
    String.raw`\b(?:[Aa]n?|solid|high|low|strong|clear|straight|at|to|with|gets?|gives?|for|[Gg]rade:?|[Mm]ark:?|[Ss]core:?|[Oo]verall:?) (?:solid |high |low |strong |clear )?[A-DF](?=[.,;!?)]|$| (?:paper|essay|range|grade|level|work|student|piece|effort|or [A-F]\b))`,
    String.raw`(?:^|[.,;:!?] )[A-DF](?:[.!]?$| at (?:best|most|worst)\b)`,
    String.raw`(?<![\p{L}\p{N}])[A-DF](?:-| )(?:grade|range|level|standard|worthy|plus|minus)\b`,
  ],
  'u',
)
const PERCENT =
  /\b\d{1,3}(?:[.,]\d+)?\s?(?:%|per ?cent\b)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)? per ?cent\b/giu
const OF_GRADES =
  /\b(?:grad(?:e|ed|es|ing)|marks?|scor(?:e|ed|es|ing)|worth|deserv\w+|overall|earn\w*|rat(?:e|ed|ing))\b/iu
const JUDGED =
  /\b(?:(?:your|final|overall|higher|lower|better|good|best|likely|predicted|expected|top|perfect|overall) (?:grade|score|mark|rating)s?|top (?:band|level))\b/iu

/**
 * Whether words say what a work is worth: points, marks, a letter, a share, a class or a level. Shares that stand in
 * the work itself are its matter; `work` is its text.
 */
export function speaksOfGrade(words: string, work = ''): boolean {
  if (VERDICT.test(words) || LETTER.test(words) || JUDGED.test(words)) return true
  const shares = words.match(PERCENT) ?? []
  const own = work.toLowerCase()
  return (
    shares.length > 0 && (OF_GRADES.test(words) || shares.some((share) => !own.includes(share.toLowerCase())))
  )
}
