import type { Requirement } from '../../../../contract/requirements.ts'
import { readQuantities } from './read-quantities.ts'
import { baseVerb, isCommandVerb } from './verbs.ts'

export type Modality = Requirement['modality']

const LEADING =
  /^(?:(?:please|then|next|finally|first|firstly|second|secondly|third|also|additionally|lastly|now|instead|and|but|or|so|so that|just|simply|always|be sure to|make sure to|make sure (?:that )?you|ensure (?:that )?you|remember to|don't forget to|briefly|clearly|carefully|in addition|for example),?\s+)+/iu
const FRONTED =
  /^(?:(?:for|in|on|at(?! (?:least|most)\b)|below|above|after|before|when|if|once|with|to|from|under|within|throughout|during|using|based on|as|by|while|where|following|unless|working)\b[^,:]{1,90}[,:]\s+)/iu

const FREED =
  /\b(?:need not|needn't|(?:do|does) not (?:need|have) to|don't (?:need|have) to|not required|no need to|not necessary|not mandatory|optional)\b/iu
const NO_RULE =
  /^start early\b|\b(?:not count|n't count|not be able|never (?:been|failed|the)|no (?:one|longer)|there (?:is|are) no|has ever|have ever|should (?:see|find|notice|feel|know|already|have (?:received|seen|read))|must (?:have|be) been|can be found|may (?:be wondering|wonder|find that|have (?:noticed|heard|seen|learned)|notice|remember|want|recall|seem|already|feel|enjoy)|you (?:can|may|will|might) (?:expect|see|notice|receive|find|learn|discover|get|gain|enjoy|reach|contact|recall|remember|imagine)|talk to|office hours|email me|contact (?:me|us|the|your)|you will (?:not )?(?:be|have)\b|if you (?:have|are stuck|need))/iu
const NEVER_A_RULE =
  /\b(?:do|does|did) not count\b|n't count\b|^(?:students|those|groups|anyone|everyone) who (?:must|have to|need to)\b|^(?:i|we) (?:should|will|do|can|am|have|could|would)\b(?! expect)/iu
const OUTSIDER =
  /^(?:i|we|they|he|she|it|this|that|these|those|most|many|some|past|previous|other|tutors|markers|recruiters|historians|servers|cities|our|my|there|students (?:often|sometimes|usually|frequently|tend|find|ask|have)|a good|good|as (?:i|we))\b/iu

const BANNED =
  /\b(?:(?:must|may|can|should|shall|could) (?:not|never)\b(?! only)|will not (?:be |receive )(?:accepted|read|marked|graded|granted|considered|tolerated|assessed|reviewed|extended|allowed|counted|credit|full)|mustn't|cannot|can't|shouldn't|won't be (?:accepted|graded|read|marked)|(?:is|are|be) (?:strictly |absolutely |generally |also )?(?:prohibited|forbidden|banned|disallowed|unacceptable|off[- ]limits)|(?:is|are) (?:strictly )?not (?:acceptable|accepted|allowed|permitted|to be|eligible|appropriate|sufficient)|receives? (?:no credit|a zero|zero|a failing grade|0)|(?:will be|are|is) (?:stopped|rejected|returned unread|refused|ignored|disqualified|given a zero))/iu
const BANNED_START =
  /^(?:(?:do not|don't|never|avoid|refrain from|under no circumstances)\b|no (?!more|fewer|less|later|longer|smaller|larger)[\p{L}-]+(?:\s[\p{L}-]+){0,3}\s(?:may|will|can|should|is|are|must)\b|not?\s(?:accepted|allowed|permitted)\b)/iu
const COMMANDED =
  /\b(?:must|shall|ha(?:ve|s) to|needs? to|(?<!^an? \p{L}+ )needs?(?=\s(?:a|an|at|one|two)\b)|(?:is|are) (?:also )?(?:required|mandatory|compulsory|(?:strictly )?individual(?:ly)?|to be|expected|due)|(?:are|is) (?:required|expected) to|required to|we expect(?: to see)?|i expect|requires?|(?:you|students|groups) are to|it is (?:essential|important|necessary|required) that)\b/iu
const PENALTY =
  /\b(?:scores? (?:0|zero)|means? 0|lose[sd]?|penalty|penali[sz]ed|deduct(?:ed|ion)?|receive at most|mark(?:ed)? down)\b/iu
const WEIGHT =
  /\b(?:worth(?! (?:more|less|it|noting|a|the|your)\b)|counts? (?:for|toward|towards|as)|make[s]? up|weighted|accounts? for|contributes?|of (?:the|your) (?:final |total |overall |course )*(?:grade|mark))\b/iu
const ADVISED =
  /\b(?:should|ought to|recommend(?:ed)?|encouraged?|advised|advisable|try to|ideally|aim (?:to|for)|preferabl[ey]|preferred|we suggest|it is best|strive)\b/iu
const ALLOWED =
  /(?:^(?:can|may)\s|\b(?:(?:you|students|groups|teams|authors|they|extensions?|[\p{L}]+s) (?:may|can|could)(?: also)?|(?:may|can) (?:also )?be (?:used|included|submitted|requested|written|cited|chosen|any|in|either)|feel free|free to|(?:is|are) (?:most |very |always )?welcome|permitted|allowed|acceptable|(?:is|are) fine|at your discretion|up to you)\b)/iu
const OWNED =
  /\b(?:work|code|writing|words|ideas|text|analysis) must be (?:your own|original)|must be your own\b/iu
const GROUP_FIRST = /^(?:working )?in (?:groups?|teams?|pairs)\b/iu

/** Words of a clause with courtesies, fronted phrases and connectors taken off the front. */
export function stripLead(clause: string): string {
  let rest = clause
    .replace(/^[\s"'“(*–—-]+/u, '')
    .replace(/^[A-Z]{1,3}\d{1,3}[.:)]?\s+(?=\p{L})/u, '')
    .replace(LEADING, '')
  const fronted = FRONTED.exec(rest)
  // What binds is no front: "After compact the directory must hold no old record, and …".
  if (fronted !== null && rest.length > fronted[0].length + 4 && !/\b(?:must|shall)\b/iu.test(fronted[0]))
    rest = rest.slice(fronted[0].length).replace(LEADING, '')
  return rest
}

/** Whether a clause opens with a plain command such as `Write` or `double-space`. */
export function startsWithCommand(clause: string): boolean {
  const rest = stripLead(clause)
  const [first = '', second = ''] = rest.toLowerCase().match(/[\p{L}][\p{L}'-]*/gu) ?? []
  if (first.endsWith('ly') && !isCommandVerb(first)) return isCommandVerb(second)
  if (!isCommandVerb(first)) return false
  const [, third = ''] = /^[\p{L}-]+ (?:and|or) (?<third>[\p{L}-]+)/iu.exec(rest) ?? []
  if (third !== '' && !isCommandVerb(third.toLowerCase())) return false
  // "Review questions are …", "Report length:" and "Format: PDF" name things; a verb of their own gives them away.
  if (/^\S+:/u.test(rest) || /^exit (?:code|status)\b/iu.test(rest)) return false
  return !/^(?:is|are|was|were|will|must|should|may|can|has|have|counts?|of|length)$/u.test(second)
}

// "The report is a short paper of 8 to 12 pages" sets its length.
const LENGTH_SET =
  /^(?:the|your) (?:\p{L}+ )?(?:essay|paper|report|talk|presentation|memo|proposal|post) (?:is|will be|has|runs)\b[^.;]*\d (?:words|pages|minutes|slides)\b/iu

// "You write a report" sets a task in the present tense; "you get" or "you find" tells of one.
const NOW = /^(?:(?:after|before|in|during|for|at)\b[^,]{1,60}? )?you (?<verb>[\p{L}-]+)(?! to\b)/iu
const LOOSE_VERB =
  /^(?:find|get|give|hold|plan|see|start|begin|read|set|put|ask|tell|offer|study|stop|use|turn|watch)$/u

function duty(clause: string): boolean {
  const you = /\byou(?:'ll| will) (?:also |then |each |first |need to )?(?<verb>[\p{L}-]+)/iu.exec(clause)
    ?.groups?.['verb']
  if (you !== undefined && isCommandVerb(you.toLowerCase())) return true
  const now = NOW.exec(clause)?.groups?.['verb']?.toLowerCase() ?? ''
  if (isCommandVerb(now) && !LOOSE_VERB.test(now)) return true
  const each =
    /^(?:each|every|one) (?:student|member|group|team|person|participant|pair)(?: (?:of|in) (?:each|the|your|every) (?:group|team|pair))?(?: also)? (?<verb>[\p{L}]+)/iu.exec(
      clause,
    )
  return each?.groups?.['verb'] !== undefined && baseVerb(each.groups['verb'].toLowerCase()) !== null
}

function isBanned(clause: string, rest: string): boolean {
  if (OWNED.test(clause)) return false
  // "exit with status 2 if the file cannot be read" commands; what its condition says is no ban.
  const condition = /\s(?:if|when|that|which|who|it|they|so that|because|unless)\b.*$/isu
  // Nor is what a clause only tells of: "testing what cannot be seen".
  const told = clause.replace(/\b(?:what|that|which|who) (?:cannot|can't|may not|must not)\b.*$/isu, '')
  const main = startsWithCommand(rest) ? rest.replace(condition, '') : told
  return (
    BANNED_START.test(rest) ||
    BANNED.test(main) ||
    /\b(?:you|and|but|then) (?:do not|don't|never)\b/iu.test(clause)
  )
}

/** Whether a clause binds or frees the student and how strongly; null when it only tells, asks or describes. */
export function readModality(clause: string): Modality | null {
  const rest = stripLead(clause)
  if (NEVER_A_RULE.test(clause) || NEVER_A_RULE.test(rest)) return null
  if (/\?["”]?$/u.test(clause.trim()) || rest === '') return null
  if (FREED.test(clause)) return /\b(?:optional|not required|not mandatory)\b/iu.test(clause) ? 'may' : null
  const banned = isBanned(clause, rest)
  if (NO_RULE.test(clause) && !banned && (!startsWithCommand(rest) || /^start early\b/iu.test(rest)))
    return null
  if (banned) return /^(?:it|this|there)\b/iu.test(rest) && !/must|may not/iu.test(clause) ? null : 'must_not'
  if (OUTSIDER.test(rest) && !/\b(?:must|required|expect|should)\b/iu.test(clause)) return null
  if (startsWithCommand(rest)) return /^consider\b/iu.test(rest) ? 'should' : 'must'
  if (COMMANDED.test(clause)) return 'must'
  if (ADVISED.test(clause)) return 'should'
  if (ALLOWED.test(clause)) return 'may'
  if (LENGTH_SET.test(rest) || duty(rest) || duty(clause) || GROUP_FIRST.test(clause)) return 'must'
  const counted =
    /\b(?:scores?|means?) (?:0|zero)\b/iu.test(clause) ||
    readQuantities(clause).length > 0 ||
    /\b(?:half|third|quarter)\b/iu.test(clause)
  return counted && (PENALTY.test(clause) || WEIGHT.test(clause)) ? 'must' : null
}
