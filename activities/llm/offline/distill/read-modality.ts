import type { Requirement } from '../../../../contract/requirements.ts'
import { isBan } from './read-ban.ts'
import { startsWithCommand, stripLead } from './read-command.ts'
import { readQuantities } from './read-quantities.ts'
import { baseVerb, isCommandVerb } from './verbs.ts'

export type Modality = Requirement['modality']

const FREED =
  /\b(?:need not|needn't|(?:do|does) not (?:need|have) to|don't (?:need|have) to|not required|no need (?:to|for)|not necessary|not needed|not mandatory|optional)\b/iu
const NO_RULE =
  /^start early\b|^note that\b|\b(?:not count|n't count|not be able|never (?:been|failed|the)|no (?:one|longer)(?= (?:else|knows|has|was|would))|there (?:is|are) no(?! (?:make|ext|exc|late|sec|re-?|cred))|has ever|have ever|should (?:see|find|notice|feel|know|already|have (?:received|seen|read))|must (?:have|be) been|can be found|may (?:be wondering|wonder|find that|have (?:noticed|heard|seen|learned)|notice|remember|want|recall|seem|already|feel|enjoy)|you (?:can|may|will|might|'ll|get to) (?:be able|expect|see|notice|receive|find|learn|discover|get|gain|enjoy|reach|contact|recall|remember|imagine|spend)|talk to (?:me|us|your|the (?:ta|tutor|instructor))|office hours|email me\b(?! (?:your|the|an?)\b)|contact (?:me|us|the|your)|let me know if|you will (?:not )?(?:be|have)\b|if you (?:have|are stuck|need))/iu
const COURTESY =
  /^(?:if|when(?:ever)?|should) (?:anything|something|there (?:is|are)|you(?:'re| are| have| get| need| want|'d like)?) (?:[\p{L}]+ )?(?:unclear|stuck|unsure|in doubt|confused|lost|questions?|trouble|problems?|difficulties|concerns?|help|struggling|not sure)\b/iu
const NEVER_A_RULE =
  /\b(?:do|does|did) not count\b|n't count\b|^(?:students|those|groups|anyone|everyone) who (?:must|have to|need to)\b|^(?:i|we) (?:should|will|do|can|am|have|could|would)\b(?! expect)/iu
const OUTSIDER =
  /^(?:i|we|they|he|she|it|this|that|these|those|most|many|some|past|previous|other|tutors|markers|recruiters|historians|servers|cities|our|my|there|students (?:often|sometimes|usually|frequently|tend|find|ask|have)|a good|good|as (?:i|we))\b/iu

const UNWANTED =
  /^(?:i|we)(?:'d| would)? (?:really )?(?:do not|don't|won't|will not|cannot|can't) (?:want|accept|take|read|mark|grade|allow|like to see|expect|give|grant|open)\b/iu
const WANTED =
  /^(?:i|we)(?:'d| would|'ll| will| do)?(?: also| always)? (?:want|expect|require|insist|ask (?:you|that|for|every|all)|like (?:you|to see|your)|look for|am looking for|are looking for|need (?:you|your|to (?:see|know)))\b/iu
const SUGGESTED =
  /^(?:i|we)(?:'d| would)?(?: strongly| highly| also)? (?:recommend|suggest|encourage|advise|urge|prefer|discourage)\b/iu
const TAKES_OFF =
  /^(?:(?:after|from) (?:that|then),? )?(?:i|we)(?: will|'ll)? (?:take off|deduct|subtract|dock|remove)\b/iu

const COMMANDED =
  /\b(?:must|shall|ha(?:ve|s) (?:got )?to|needs? to|(?<!^an? \p{L}+ )needs?(?! (?:help|more|to know|it|them|any|not|support)\b)|(?:is|are)(?: also| strictly)? (?:required|mandatory|compulsory|obligatory|(?:strictly )?individual(?:ly)?|to be|expected|due)|(?:are|is|'re) (?:required|expected|supposed|asked) to|required to|we expect(?: to see)?|i expect|requires?|(?:you|students|groups) are to|it is (?:essential|important|necessary|required) that)\b/iu
const PENALTY =
  /\b(?:scores? (?:0|zero)|means? 0|lose[sd]?|loses?|penalty|penali[sz]ed|deduct(?:ed|ion)?s?|receives? at most|mark(?:ed)? down|costs?|drops? by|reduced by|capped at|minus|off (?:per|for|each)|taken off|(?:gets?|becomes?|means|receives?|is|earns?) (?:an? )?(?:zero|0|f\b)|no credit|fails?|earns? \d+ ?% at most|can earn)\b/iu
const ALWAYS_A_PENALTY =
  /\b(?:gets?|becomes?|receives?|earns?|given) (?:an? )?(?:zero|f)\b|\b(?:gets?|receives?|earns?) no (?:credit|marks?|points|peer mark)\b|\bloses? (?:all|any|the)\b.*\b(?:points|marks|credit)\b|\bfails? (?:the (?:course|class|module|assignment)|,)/iu
const WEIGHT =
  /\b(?:worth(?! (?:more|less|it|noting|a|the|your)\b)|counts? (?:for|toward|towards|as)|make[s]? up|weighted|accounts? for|contributes?|of (?:the|your) (?:final |total |overall |course |module )*(?:grade|mark))\b/iu
const ADVISED =
  /\b(?:should|ought to|recommend(?:ed)?|encouraged?|discouraged|advised|advisable|try to|ideally|aim (?:to|for)|preferabl[ey]|preferred|we suggest|it is best|strive|good idea)\b/iu
const ALLOWED =
  /(?:^(?:can|may)\s|\b(?:(?:you|students|groups|teams|authors|they|extensions?|[\p{L}]+s) (?:may|can|could)(?: also)?|(?:may|can) (?:also )?be (?:used|included|submitted|requested|written|cited|chosen|repeated|handwritten|typed|done|taken|made|spent|earned|sent|replaced|discussed|any|in|either)|feel free|free to|(?:is|are|'re) (?:most |very |always |more than )?welcome|permitted|allowed|acceptable|accepted|tolerated|(?:is|are|'s|'re) (?:perfectly |also |absolutely )?(?:fine|ok|okay|optional)\b|at your discretion|up to you|your own (?:affair|business|choice)|go ahead|as (?:often as )?(?:you|much as you) like|(?:bonus|extra credit) (?:points?|for))\b)/iu
const GROUP_FIRST = /^(?:working )?in (?:groups?|teams?|pairs)\b/iu

// "The report is a short paper of 8 to 12 pages" sets its length.
const LENGTH_SET =
  /^(?:the|your) (?:\p{L}+ )?(?:essay|paper|report|talk|presentation|memo|proposal|post|outline|abstract|poster|reflection|draft|summary|introduction|conclusion) (?:is|will be|has|runs|should run)\b[^.;]*(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half)) (?:an? )?(?:words?|pages?|minutes?|slides?|sides?)\b/iu

// "You write a report" sets a task in the present tense; "you get" or "you find" tells of one.
const NOW =
  /^(?:(?:after|before|in|during|for|at)\b[^,]{1,60}? )?you (?:also |then |each )?(?<verb>[\p{L}-]+)(?! to\b)/iu
const ALSO = /^you (?:also|then|each|all) (?<verb>[\p{L}-]+)/iu
const LOOSE_VERB =
  /^(?:find|get|give|hold|plan|see|start|begin|read|set|put|ask|tell|offer|study|stop|use|turn|watch|learn|come|go|speak|look|work|enter|leave|prefer|mind|wear|rely|walk|pay|play|grade|quote)$/u
const EACH =
  /^(?:each|every|one|only one|at least one) (?:student|member|group|team|person|participant|pair|author|partner|one|of (?:you|them))(?: (?:of|in|on|from) (?:each|the|your|every) (?:group|team|pair))?(?: also| then)? (?<verb>[\p{L}]+)/iu

function duty(clause: string): boolean {
  const you = /\byou(?:'ll| will) (?:also |then |each |first |need to )?(?<verb>[\p{L}-]+)/iu.exec(clause)
    ?.groups?.['verb']
  if (you !== undefined && isCommandVerb(you.toLowerCase()) && you.toLowerCase() !== 'get') return true
  const now = NOW.exec(clause)?.groups?.['verb']?.toLowerCase() ?? ''
  if (isCommandVerb(now) && !LOOSE_VERB.test(now)) return true
  if (isCommandVerb(ALSO.exec(clause)?.groups?.['verb']?.toLowerCase() ?? '')) return true
  const each = EACH.exec(clause)?.groups?.['verb']
  return each !== undefined && baseVerb(each.toLowerCase()) !== null
}

function readWish(rest: string): Modality | null {
  if (UNWANTED.test(rest)) return 'must_not'
  if (TAKES_OFF.test(rest) || WANTED.test(rest)) return 'must'
  return SUGGESTED.test(rest) ? 'should' : null
}

function costs(clause: string): boolean {
  if (ALWAYS_A_PENALTY.test(clause)) return true
  const counted =
    /\b(?:scores?|means?) (?:0|zero)\b/iu.test(clause) ||
    readQuantities(clause).length > 0 ||
    /\b(?:half|third|quarter|fifth|tenth|all|zero|no credit|an? (?:point|mark|grade|letter grade|percent))\b/iu.test(
      clause,
    )
  return counted && (PENALTY.test(clause) || WEIGHT.test(clause))
}

/** Whether a clause binds or frees the student and how strongly; null when it only tells, asks or describes. */
export function readModality(clause: string): Modality | null {
  if (COURTESY.test(clause)) return null
  const rest = stripLead(clause)
  const wish = readWish(rest)
  if (wish !== null) return wish
  if (NEVER_A_RULE.test(clause) || NEVER_A_RULE.test(rest)) return null
  if (/\?["”]?$/u.test(clause.trim()) || rest === '') return null
  if (FREED.test(clause))
    return /\b(?:optional|not required|not mandatory|not needed)\b/iu.test(clause) ? 'may' : null
  const banned = isBan(clause, rest)
  if (
    NO_RULE.test(clause) &&
    !banned &&
    (!startsWithCommand(rest) || /^(?:start early|note that)\b/iu.test(rest))
  )
    return null
  if (banned)
    return /^(?:it|this|there)\b/iu.test(rest) && !/must|may not|no make/iu.test(clause) ? null : 'must_not'
  const isOutsider = OUTSIDER.test(rest)
  if (
    isOutsider &&
    !/\b(?:must|required|expect|should|worth|have to|has to)\b/iu.test(clause) &&
    !/%.*\bof (?:the|your)\b/u.test(clause)
  )
    return null
  if (startsWithCommand(rest)) return /^(?:consider|try|aim)\b/iu.test(rest) ? 'should' : 'must'
  if (COMMANDED.test(clause)) return 'must'
  if (ADVISED.test(clause)) return 'should'
  if (costs(clause)) return 'must'
  if (ALLOWED.test(clause)) return 'may'
  return LENGTH_SET.test(rest) || duty(rest) || duty(clause) || GROUP_FIRST.test(clause) ? 'must' : null
}
