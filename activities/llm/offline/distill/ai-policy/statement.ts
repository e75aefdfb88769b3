import { type Force, readForce } from './force.ts'
import { readBannedUses, readUses, type Use } from './uses.ts'

/** One thing a document says about the use of AI. */
export interface Statement {
  readonly force: Force | 'implied'
  /** What it speaks of; empty for any use at all. */
  readonly uses: ReadonlySet<Use>
  /** Whether nothing beyond these uses is allowed. */
  readonly only: boolean
  /** Whether the words name a use that the rules do not know. */
  readonly unsure: boolean
  /** Whether the uses are named as examples of more. */
  readonly isExample?: true
}

const ANY: ReadonlySet<Use> = new Set()

const OWN_WORK =
  'course|class|seminar|module|assignments?|work|coursework|homework|projects?|papers?|essays?|tasks?|exercises?|reports?|problem sets?|one|purposes?|parts?|sections?|questions?|steps?|phases?|weeks?'
// A purpose is more than the work itself: "for this assignment" names none.
const PURPOSE = new RegExp(
  String.raw`(?<!\b(?:have|has|had|need|needs|ought|are|is) )\b(?:(?:to|for) (?=\p{L})(?!(?:(?:this|the|any|all|every|each|your|our|my|\w+ly) )*(?:\w+ ){0,3}(?:${OWN_WORK})\b|me\b|us\b|you\b|students\b|everyone\b|be\b|credit\b|the most part\b|it\b)|as an? )\w+`,
  'iu',
)
const IN_ANY_WAY =
  /\b(?:in|for|at) (?:any|whatever|whichever|every|all) (?:way|purpose|stage|part|reason|kind|form)s?\b|\bfreely\b|\bas (?:much as )?(?:you|they) (?:see fit|like|please|want|wish)\b|\bwhatever helps\b/iu
const FREELY =
  /\b(?:any(?:thing|where)?|all|every\w*|whatever|whichever|freely|as (?:much|you|they) (?:as )?(?:you|see|like|please|want)\w*|no (?:rules?|restrictions?|limits?))\b/iu

const EXCEPTION =
  /\b(?:except|with the exception of|other than|apart from|aside from|save for|unless|(?<=any(?:thing)? |purpose |nothing )but|beyond|without)\b(?<words>.*)$/isu
// Where AI itself is what is done without, only these tell of an exception.
const FIRM_EXCEPTION =
  /\b(?:except|with the exception of|other than|apart from|aside from|save for|unless)\b(?<words>.*)$/isu
const AUTHORITY =
  /\b(?:permi(?:ssion|ts?|tted)|authori[sz]\w+|approv\w+|consent\w*|instruct\w+|stat(?:es?|ed)|sa(?:ys?|id)|otherwise|explicit\w*|told|allow\w*|specif\w+|indicat\w+)\b/iu
const DISCLOSING =
  /\b(?:cit(?:e[sd]?|ing|ation\w*)|acknowledg\w+|disclos\w+|declar\w+|attribut\w+|credit\w*|document\w*|label\w*)\b/iu
const ASK_FIRST =
  /\b(?:with|obtain|get|need|request)\b[^.;]{0,30}\b(?:permission|approval|consent)\b|\b(?:ask|talk to|see|check with) (?:me|us|your|the)\b[^.;]*\b(?:first|before(?:hand)?)\b|\bI will (?:tell|say|let you know)\b/iu
const UNSETTLED =
  /\bdiscretion\b|\b(?:unsure|not sure|in doubt|questions?)\b[^.;]*\b(?:ask|talk|contact|check|come|write)\b|\b(?:within limits|limited use)\b/iu
const UNDISCLOSED = /\b(?:un(?:disclosed|declared|acknowledged|cited|attributed|documented|credited))\b/iu
const ONLY =
  /\b(?:only|solely|exclusively|(?:limited|restricted|confined) to|up to and including|no further than|nothing (?:beyond|but|more than|except)|leave it there)\b/iu
const EXAMPLE = /\b(?:for (?:example|instance)|e\.g\.|such as|among other|including)/iu
const EVERY_USE =
  /\b(?:any|every|all|whatever|each)\b[^.;]{0,20}\b(?:form|stages?|purposes?|parts?|way|kinds?|portions?|elements?|aspects?|points?|assignments?|work|coursework)\b|\b(?:any|all) use of AI\b|\bat all\b|\b(?:any|every)thing\b|\bin whole or in part\b|\b(?:complet|finish|prepar)\w* (?:\w+ ){0,5}(?:coursework|homework|assignments?|problem sets?)\b/iu
const EXAM =
  /\b(?:exams?|examinations?|quizzes|(?:the|a|each|every|weekly|any|in|on|no) quiz|midterms?|closed[- ]book|(?:in|during|for|on) (?:the |any |all )?tests?)\b/iu
const COURSEWORK =
  /\b(?:homework|assignments?|papers?|essays?|projects?|coursework|labs?|reports?|exercises?|course)\b/iu

/** Whether a clause rules only what happens in an exam room. */
export function isOfExams(clause: string): boolean {
  return EXAM.test(clause) && !COURSEWORK.test(clause)
}

/** What an exception to a ban lets through; null when it only names who may lift the ban. */
function readException(words: string): Statement | null {
  if (DISCLOSING.test(words)) return { force: 'implied', uses: ANY, unsure: false, only: false }
  const uses = readUses(words)
  return uses.size > 0 && !AUTHORITY.test(words) ? { force: 'leave', uses, unsure: false, only: true } : null
}

// "work for which AI was used": what stands before is no use of it, what follows may name one.
const USED = /\b(?:use of|us(?:e|ed|es|ing)|consult\w*) AI\b|\bAI (?:was|is|were|has been|be|been) used\b/iu
const LEFT_OUT =
  /\b(?:without|with no|no|neither|unaided by)\b(?: (?:the |any )?(?:use|help|assistance|support|aid))?(?: of| from)? AI\b/iu
const LOCUS = /\b(?:to|for|in|when|while)\b/iu
const HANDED_ON =
  /\b(?:(?:written|generated|produced|created|made|composed)\b[^.;,]{0,30}|(?:text|code|content)) by AI\b|\bAI(?: has| have)? (?:wrote|written|produced|made|generated)\b|\b(?:submit\w*|hand(?:ing)? in|turn(?:ing)? in|cop(?:y|ying|ied)|past(?:e|ed|ing))\b/iu
const INTO_AI = /\b(?:in)?to AI\b/iu

/** The part of a ban that names what is banned; all of it where AI itself is what writes. */
function namedInBan(told: string): string {
  const after = (match: RegExpExecArray): string => told.slice(match.index + match[0].length)
  const leftOut = LEFT_OUT.exec(told)
  if (leftOut !== null) {
    const rest = after(leftOut)
    return LOCUS.test(rest) ? rest.slice(rest.search(LOCUS)) : ''
  }
  const used = USED.exec(told) ?? /\bAI\b/u.exec(told)
  return used === null ? told : after(used)
}

type Named = Pick<Statement, 'uses' | 'unsure'>

const EVERYTHING: Named = { uses: ANY, unsure: false }

function usesOfBan(told: string, isListed: boolean): Named {
  if (INTO_AI.test(told)) return EVERYTHING
  const from = namedInBan(told)
  // "in first-year writing" says where, not what for.
  const named = from.replace(/\bin (?:this|the|our|my|any|all|every|first|your)\b[^,;.]*/giu, '')
  const uses = readBannedUses(named, isListed)
  if (HANDED_ON.test(told) && !USED.test(told)) return { uses: new Set([...uses, 'write']), unsure: false }
  const every = EVERY_USE.exec(from)
  // "at any stage" forbids all; "to write any part of it" forbids the writing.
  if (every !== null && readUses(from.slice(0, every.index)).size === 0) return EVERYTHING
  const unsure = uses.size === 0 && PURPOSE.test(from)
  // What a ban on an unknown use leaves open is unknown too; a ban of all use it is not.
  return { uses: unsure ? new Set(['write']) : uses, unsure }
}

function readBan(clause: string, isListed: boolean): readonly Statement[] {
  if (UNDISCLOSED.test(clause)) return [{ force: 'implied', ...EVERYTHING, only: false }]
  const exception = LEFT_OUT.test(clause) ? FIRM_EXCEPTION.exec(clause) : EXCEPTION.exec(clause)
  if (exception === null) return [{ force: 'ban', ...usesOfBan(clause, isListed), only: false }]
  const words = exception.groups?.['words'] ?? ''
  // "without my permission" lifts nothing by itself; "without citing it" lets the cited through.
  const isWithout = /^without/iu.test(exception[0])
  const lets = isWithout && !DISCLOSING.test(words) ? null : readException(words)
  return [lets ?? { force: 'ban', ...usesOfBan(clause.slice(0, exception.index), isListed), only: false }]
}

function usesOfLeave(told: string): Named {
  // "allowed if you translate it yourself" speaks of what the student does.
  const own = told.replace(/\b(?:if you|as long as|provided)\b.*$/isu, '')
  if (IN_ANY_WAY.test(own)) return EVERYTHING
  const uses = readUses(own)
  if (uses.size > 0) return { uses, unsure: false }
  const after = own.slice(Math.max(0, own.search(/\bAI\b/u)))
  const unsure = PURPOSE.test(after) && !FREELY.test(own)
  return { uses: unsure ? new Set(['ideas']) : ANY, unsure }
}

function readLeave(clause: string): readonly Statement[] {
  if (ASK_FIRST.test(clause)) return [{ force: 'ban', ...EVERYTHING, only: false }]
  const exception =
    /\b(?:except|other than|apart from|but(?= (?:not )?for\b)|but(?= the\b))\b(?<words>.*)$/isu.exec(clause)
  const told = exception === null ? clause : clause.slice(0, exception.index)
  const named = usesOfLeave(told)
  const leave: Statement = {
    force: 'leave',
    ...named,
    only: named.uses.size > 0 && ONLY.test(told),
    ...(EXAMPLE.test(told) ? { isExample: true } : {}),
  }
  const banned = readBannedUses(exception?.groups?.['words'] ?? '', true)
  return banned.size === 0 ? [leave] : [leave, { force: 'ban', uses: banned, unsure: false, only: false }]
}

/**
 * What a clause in which AI is called `AI` states; `held` is the force it stands under, of the clause before or of the
 * label of its list.
 */
export function readStatements(clause: string, held: Force | null, isListed = false): readonly Statement[] {
  if (UNSETTLED.test(clause)) return []
  const told = clause.replace(/,? even if\b.*$/isu, '')
  // "unless I have allowed it" allows nothing.
  const force = readForce(told.replace(/,? unless\b.*$/isu, '')) ?? held
  if (force === null) return ONLY.test(told) ? readLeave(told).filter(({ only }) => only) : []
  if (force === 'against') return [{ force, ...EVERYTHING, only: false }]
  return force === 'ban' ? readBan(told, isListed) : readLeave(told)
}
