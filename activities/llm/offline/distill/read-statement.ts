import type { Modality } from './modality.ts'
import { baseVerb, isCommandVerb, isNounToo } from './verbs.ts'

// What a brief says of the work or the people in the present tense is how it wants them: "The paper follows APA 7".

const WORK = String.raw`(?:papers?|essays?|reports?|articles?|posters?|posts?|presentations?|talks?|pitch(?:es)?|slides?|decks?|outlines?|proposals?|drafts?|bibliograph(?:y|ies)|annotations?|entr(?:y|ies)|items?|introductions?|conclusions?|abstracts?|methods?|results|discussions?|sections?|appendi(?:x|ces)|summar(?:y|ies)|reflections?|statements?|portfolios?|programs?|code|site|website|app|notebook|readme|repository|tests?|figures?|tables?|graphs?|charts?|captions?|titles?|title page|pages?|sources?|references?|citations?|footnotes?|quotations?|files?|videos?|podcasts?|scripts?|handouts?|repl(?:y|ies)|responses?|answers?|submissions?|assignments?|projects?|works?|worksheets?|journals?|logs?|data|zines?|memos?|letters?|reviews?|models?|designs?|prototypes?|demos?|workflow|names?|prefaces?|forewords?|dossiers?|colophons?|notes?|packages?|peer reviews?|spreadsheets?|queries|classes|functions?|methods?|variables?|body|paragraphs?|arguments?|synthesis|episodes?|pitch|transcripts?|schedules?)`
const DETERMINER = String.raw`(?:the|your|each|every|all|any|this|these|both|an?|our|only)`
const THING = new RegExp(
  String.raw`^(?:${DETERMINER} )?(?:[\p{L}\p{N}'’-]+ ){0,4}?${WORK}(?: (?:of|for|in|on|about|from) [^,;]{1,40}?)?$`,
  'iu',
)
const PEOPLE =
  /^(?:groups?|teams?|pairs|students|everyone|everybody|participants|presenters|speakers|members|partners|all (?:students|members|of you|authors)|both (?:of you|partners|authors|members)|each (?:of you|one|student|member|group|team|pair|author|person)|every (?:student|member|group|team|pair)|(?:only |at least )?one (?:of you|member|student|person)|nobody|no one|only the \p{L}+|only one \p{L}+)(?: (?:in|of|from|on) (?:the |your |each |every )?(?:groups?|teams?|pairs?|[\p{N}\p{L}]+(?:[–-][\p{N}\p{L}]+)?(?: (?:or|to|and) [\p{N}\p{L}]+)?(?: (?:people|students|members))?))?(?: also| then| each| all)? (?<verb>\p{L}+)/iu
const PASSIVE =
  /^(?<subject>(?:[\p{L}\p{N}'’/.&()-]+,? ){0,9}?[\p{L}\p{N}'’/.()-]+) (?:is|are) (?<not>not |never )?(?:always |also |only |then |each |all |both |clearly |fully |properly )*(?<verb>\p{L}+)\b(?! (?:by (?:me|us|the)|for (?:you|free)))/iu
const ACTIVE =
  /^(?<subject>(?:[\p{L}\p{N}'’/.&-]+ ){0,6}?[\p{L}\p{N}'’/-]+) (?:also |always |only |then )?(?<verb>\p{L}+s|have|go|use|run|fit|include|contain|follow|need|give|list|show|meet|appear|stay|carry|cover|bear)\b/iu

// Verbs of those who teach, and of what can be looked up.
const NOT_THEIRS =
  /^(?:grade|mark|assess|evaluate|score|give|return|provide|post|announce|check|take|base|design|link|relate|find|invite|release|drop|assign|schedule|determine|define|describe|explain|discuss|list|attach|show|state|note|store|read|ask|save|publish|open|make|produce|choose|select|review|work|interest|concern|limit|connect|locate|locate|reserve|offer|set|see|know|meet|hold|support|introduce|consider|lose|reward|print|build|begin|intend|refer)$/u
const SPEC_VERBS =
  /^(?:contain|include|follow|have|has|use|list|give|describe|explain|report|review|summari[sz]e|compare|discuss|state|name|show|present|begin|start|end|open|close|cover|consist|need|require|fit|run|go|stay|meet|appear|bear|carry|address|answer|argue|relate|stand|support|reflect|analy[sz]e|identify|last|take|provide|cite|let|comply|conform|work|consider|tie|link|incorporate|return|add|combine|connect|draw|make|bring|lead|read|print|accept|handle|display|load|save|default)$/u
const HEDGED =
  /\b(?:usually|often|sometimes|typically|tend|rarely|perhaps|probably|was|were|had|been|would|years?|centur\w+)\b/iu

function passive(clause: string): Modality | null {
  const { subject = '', not, verb = '' } = PASSIVE.exec(clause)?.groups ?? {}
  const base = baseVerb(verb.toLowerCase())
  const given =
    /^(?:given|reported|set)$/iu.test(verb) && /\b(?:given|reported|set) (?:to|in|as|with)\b/iu.test(clause)
  if (base === null || (NOT_THEIRS.test(base) && !given)) return null
  if (/^(?:it|this|that|there|which|what|who|he|she|i|we|you|they)$/iu.test(subject.split(' ')[0] ?? ''))
    return null
  return not === undefined ? 'must' : 'must_not'
}

function ofPeople(clause: string): Modality | null {
  const verb = PEOPLE.exec(clause)?.groups?.['verb']?.toLowerCase() ?? ''
  const base = isCommandVerb(verb) ? verb : baseVerb(verb)
  if (base === null || !isCommandVerb(base) || /^(?:find|ask|see|get|learn|like|struggle|work)$/u.test(base))
    return null
  return /^(?:nobody|no one)\b/iu.test(clause) ? 'must_not' : 'must'
}

const ALL_ARE =
  /^(?:all|each|every|both|none)(?: of (?:them|these))?(?: [\p{L}-]+){0,4}? (?:are|is|have|has|go|goes|need|needs|come|comes|count|counts)\b/iu
// "Only PDF can be opened" rules all else out.
const ONLY_CAN = /^only [\p{L}\d ]{2,40} (?:can|may|will|is|are)\b/iu
// "Each writer fills in the form": whoever it is, it is the student.
const EACH_DOES = /^(?:each|every) [\p{L}-]+ (?:also |then )?(?<verb>\p{L}+s)\b/iu

function ofAll(clause: string): Modality | null {
  if (ONLY_CAN.test(clause)) return 'must'
  if (ALL_ARE.test(clause))
    return /\b(?:graded|marked|assessed|reviewed|read|returned|welcome)\b/iu.test(clause) ? null : 'must'
  const verb = EACH_DOES.exec(clause)?.groups?.['verb']?.toLowerCase() ?? ''
  const base = baseVerb(verb)
  return base !== null && !/^(?:find|see|get|learn|struggle)$/u.test(base) ? 'must' : null
}

// "The file name is your matriculation number" sets it.
const NAMES_IT =
  /^(?:the|your|its|each|every) (?:(?:file|folder|branch|archive|repository) ?names?|names? of (?:the|your|each) (?:files?|folder|archive)|subject(?: line)?) (?:is|are|reads?|has|contains?|consists? of|begins?|starts?|ends?)\b/iu

function ofWork(clause: string): Modality | null {
  if (NAMES_IT.test(clause)) return 'must'
  const { subject = '', verb = '' } = ACTIVE.exec(clause)?.groups ?? {}
  const lower = verb.toLowerCase()
  const base = SPEC_VERBS.test(lower) ? lower : (baseVerb(lower) ?? lower.replace(/s$/u, ''))
  return THING.test(subject) && SPEC_VERBS.test(base) ? 'must' : null
}

/** The verb of a part that has its subject in a title: `Introduction. Reviews the literature …`. */
function subjectless(clause: string): Modality | null {
  const [first = '', second = ''] = clause.split(/\s+/u)
  const word = first.toLowerCase()
  if (!word.endsWith('s') || word.endsWith('ss')) return null
  const base = baseVerb(word)
  if (base === null || /^(?:is|are|were|was|cited|and|or|of|must|should|may|can|have|will)$/iu.test(second))
    return null
  return !isNounToo(base) ||
    /^(?:the|an?|your|on|with|at|in|how|what|why|that|each|every|all|its|it|them|these|those|both|to|\d+)$/iu.test(
      second,
    )
    ? 'must'
    : null
}

const BEHAVES =
  /^(?<subject>(?:[\p{L}\p{N}'’".,/<>&()_-]+ ){1,9}?)(?:also |always |only |then |never )?(?<verb>\p{L}+s)(?! of\b)\b/iu
const NO_PART_OF_IT =
  /^(?:i|we|you|they|he|she|this|that|these|those|there|students?|people|everyone|nobody|teams?|tutors?|most|many|some|real|the (?:wiki|manual|guide|handout|syllabus|lecture|chapter|book|text|figure|course|department|server|tutor|starter|repository|page|message|idea|purpose|goal|problem|trick|reason|hard|easy|first|second|last|next|only))\b/iu

/** What a specification says of the program in the present tense, as a demand: `msh prints a prompt`; null for any other clause. */
export function readBehaviour(clause: string): Modality | null {
  const text = clause.replace(/^[\s"'“(*–—-]+/u, '').replace(/^(?:and|but|or|so|then|also)\s+/iu, '')
  const main = text.replace(
    /^(?:if|when|while|unless|once|after|before)\b[^,]{1,80}?,? (?=(?:the|it|an?)\b)/iu,
    '',
  )
  if (/\?["”]?$/u.test(text) || HEDGED.test(text) || NO_PART_OF_IT.test(main)) return null
  const { subject = '', verb = '' } = BEHAVES.exec(main)?.groups ?? {}
  if (/\b(?:that|which|who|is|are|to|can|will)\b/iu.test(subject)) return null
  const base = baseVerb(verb.toLowerCase())
  return base !== null && !verb.toLowerCase().endsWith('ss') ? 'must' : null
}

// `A report without a signed book is not marked` demands the book.
const REFUSED_WITHOUT =
  /^(?:(?:an?|any) )?[\p{L} ]{2,40} (?:without|that lacks?) [^,;]+ (?:is|are|will be|won't be) (?:not )?(?:be )?(?:marked|graded|read|accepted|opened|assessed|returned|refused|rejected)\b/iu

/**
 * What a clause says of the work or of those who do it, in the present tense, as a demand; null for any other clause.
 * `titled` tells that a title before it may be its subject.
 */
export function readStatement(clause: string, titled: boolean): Modality | null {
  const text = clause.replace(/^[\s"'“(*–—-]+/u, '').replace(/^(?:and|but|or|so|then|also)\s+/iu, '')
  const outside = text.replaceAll(/\([^)]*\)/gu, ' ')
  if (/\?["”]?$/u.test(text) || HEDGED.test(outside)) return null
  if (/^(?:although|though|even though|if|when)\b/iu.test(text)) return null
  if (REFUSED_WITHOUT.test(text)) return 'must'
  return ofPeople(text) ?? passive(text) ?? ofWork(text) ?? ofAll(text) ?? (titled ? subjectless(text) : null)
}
