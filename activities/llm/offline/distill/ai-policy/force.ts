/** How a clause binds: it forbids, allows, or only advises against AI. */
export type Force = 'ban' | 'leave' | 'against'

// All of this reads text in which every AI tool is called `AI`.
const STUDENT = String.raw`(?:you|students?|anyone|everyone|groups?|teams?|authors|members|one|we all)`
const LIFTED =
  /\b(?:not|never|nor|n't) (?:\w+ )?(?:prohibited|forbidden|banned|against|a violation|off[- ]limits)\b|\bno (?:\w+ )?(?:restrictions?|limits?|objections?)\b|\bwithout (?:any )?restrictions?\b|\b(?:do not|don't) mind\b|\blike any other (?:software|tools?|programs?|resources?)\b/iu
const DISCOURAGED =
  /\bdiscourag\w+|\brather (?:you|that you) (?:did|do) not\b|\b(?:advise|recommend|caution) (?:\w+ )?against\b|\bask (?:that )?you not to\b|\bprefer (?:that )?you (?:not|do not|did not)\b|\bwatch(?:es|ing)? (?:out )?for\b[^.]*\bAI\b|\bAI detect\w+|\bdetect\w*\b[^.]*\bAI\b|\brecogni[sz]es?\b[^.]*\bAI\b|\bsuspect\w*\b[^.]*\bAI\b|\bsigns of AI\b/iu
const FORBIDDEN =
  /\b(?:prohibit(?:s|ed)|forbid(?:s|den)|banned|bans|barred|disallow(?:s|ed)|outlawed|unacceptable|impermissible|off[- ]limits|off the table|out of bounds|violates|breach(?:es|ing)|breaks the|no place|no-go|defeats? the (?:purpose|point)|stays? (?:closed|off|out|shut|away)|AI[- ](?:free|off)|no-AI|free (?:of|from) AI|refrain from|abstain from|avoid(?! plagiari)|stay away from|steer clear of|keep AI out|put AI away|leave AI (?:out|aside|alone|behind)|switch AI off|unaided by|zero[- ]tolerance)\b/iu
const OFFENCE =
  /\b(?:is|are|be|as|constitutes?|counts?|into|means)\b(?: \w+){0,4} (?:plagiari\w+|misconduct|cheating|violations?|breach|offen[cs]e|dishonest\w*|fraud|cop(?:ied|ying))\b|\b(?:misconduct|cheating|plagiarism|dishonesty|violations?) (?:also )?(?:includes?|covers|means)\b/iu
const COSTS =
  /\b(?:(?:a )?(?:mark|score|grade) of (?:zero|0)|(?:get|gets|receives?|earns?|scores?) (?:a |an )?(?:zero|0|F\b|no (?:credit|points|marks))|zero points|no credit|fails? (?:the|this)|failing grade|(?:with )?an F\b|will (?:fail|be (?:failed|rejected|reported|penali[sz]ed|returned))|reported to)\b/iu
const NOT_PERMITTED =
  /\b(?:not|n't|never|nor)(?: be| considered| \w+ly)? (?:permitted|allowed|acceptable|accepted|tolerated|ok|okay|fine|welcome|appropriate|authori[sz]ed|legitimate|an option|all right|to be used)\b|\bnot (?:\w+ )?(?:consent|permit|allow|accept|tolerate|condone)\b|\b(?:is|are|may|can|must|should|does?) not[.!]?$|\bcannot[.!]?$/iu
const WITHOUT =
  /\b(?:without|with no)\b[^.;]{0,30}\bAI\b|\bno (?:(?:(?:other|further|additional|such) )?(?:uses?|help|assistance|support|aid)(?: of| from)? )?(?:\w+ )?AI\b|\bnot? AI\b/iu
const NEITHER = /\b(?:neither|no form of|nothing)\b[^.;]{0,40}\bAI\b|\bnothing (?:beyond|but|more than)\b/iu
const DONE_BY_AI = String.raw`(?:be used|be consulted|be (?:a )?part|be employed|be involved|write|draft|produce|generate|create|compose|complete|do|help|support|assist|answer|solve|replace|edit|rewrite|translate|be the)`
const AI_MAY_NOT = new RegExp(
  String.raw`\bAI (?:(?:may|must|can|should|shall|could|will)(?: not| never|n't)|cannot|mustn't|shouldn't) ${DONE_BY_AI}\b`,
  'iu',
)
const MAY_NOT = String.raw`(?:(?:may|must|can|should|shall|could|will|do|did|are|is|have|has|would)(?: not| never)|cannot|never|not)`
const YOU_MAY_NOT = new RegExp(
  String.raw`\b${STUDENT} (?:(?:may|must|can|should|shall|could|will|do|did|are|have|would)(?: not| never)|cannot|never)(?: to)? \w+[^.;]*\bAI\b|\b${MAY_NOT}(?: to)? (?:\w+ly )?(?:use[ds]?|using|rely|relied|consult|ask|employ|submit|hand in|turn in|have|let|paste|copy|turn to|work with|draw on|include|insert|seek|be (?:used|submitted|handed in|turned in|included)|feed|copied|count)\b`,
  'iu',
)
const NOBODY = /\bno (?:student|one|group|team|author)s? (?:may|can|should|is|are)\b/iu
const BARE_NOT = /^(?:and |but |or |just |only |please )*not\b|^(?:please )?(?:do not|don't|never)\b/iu

const PERMITTED =
  /\b(?:permit(?:s|ted)?|allow(?:s|ed)?|acceptable|ok|okay|fine(?!-)|welcome|all right|alright|legitimate|fair game|encourag\w+|free to|feel free|by all means|go ahead|(?:a )?good idea|invited|at liberty|authori[sz]ed|supported|(?<!not )(?:limited|restricted|confined) to)\b/iu
const MAY = new RegExp(
  String.raw`\b(?:${STUDENT}|use of AI|AI) (?:also |then |however, |may also |are )?(?:may|can|could|might|are able to)\b(?! not| be (?:tempted|wondering)| think| wonder| have heard| find)|^(?:and |also )?(?:may|can)\b(?! not)|\bAI\b[^,;]{0,30}\b(?:may|can)(?: also| only| then)* be used\b|^(?:\w+ ){0,2}tools? that\b[^.;]*\bmay be used\b`,
  'iu',
)
const COMMANDED = new RegExp(
  String.raw`^(?:(?:please|so|then|first|and|or|do|by all means),? |if [^,]{1,40}, )*(?:(?:use|ask|have|let|try|consult|work with)(?: (?!on\b|about\b|from\b|in\b|to\b|for\b)\w+){0,2} AI\b|(?:generate|create)\b[^.;]{0,40}\b(?:with|by|using) AI\b)|\b(?:expect|want|invite|ask|require)s? (?:you|students|everyone|everybody) to (?:use|work with)\b[^.;]{0,20}\bAI\b|\b${STUDENT} (?:must|should|will|need to|are (?:expected|required) to)(?: also)? (?:use|work with|employ|ask|consult)\b[^.;]{0,20}\bAI\b`,
  'iu',
)

/** What the words of a clause do to the use of AI; null when they only speak of it. */
export function readForce(clause: string): Force | null {
  if (LIFTED.test(clause)) return 'leave'
  if (DISCOURAGED.test(clause)) return 'against'
  const bans = [
    FORBIDDEN,
    OFFENCE,
    COSTS,
    NOT_PERMITTED,
    WITHOUT,
    NEITHER,
    AI_MAY_NOT,
    YOU_MAY_NOT,
    NOBODY,
    BARE_NOT,
  ]
  if (bans.some((form) => form.test(clause))) return 'ban'
  return [PERMITTED, MAY, COMMANDED].some((form) => form.test(clause)) ? 'leave' : null
}
