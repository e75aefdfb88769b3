import { type Force, readForce } from './force.ts'
import { readUses, type Use } from './uses.ts'

/** One thing a document says about the use of AI. */
export interface Statement {
  readonly force: Force | 'implied'
  /** What it speaks of; empty for any use at all. */
  readonly uses: ReadonlySet<Use>
  /** Whether nothing beyond these uses is allowed. */
  readonly only: boolean
}

const ANY: ReadonlySet<Use> = new Set()

const EXCEPTION =
  /\b(?:except|with the exception of|other than|apart from|aside from|save for|unless|(?<=any(?:thing)? |purpose |nothing )but|beyond|without)\b(?<words>.*)$/isu
const AUTHORITY =
  /\b(?:permi(?:ssion|ts?|tted)|authori[sz]\w+|approv\w+|consent\w*|instruct\w+|stat(?:es?|ed)|sa(?:ys?|id)|otherwise|explicit\w*|told|allow\w*|specif\w+|indicat\w+)\b/iu
const DISCLOSING =
  /\b(?:cit(?:e[sd]?|ing|ation\w*)|acknowledg\w+|disclos\w+|declar\w+|attribut\w+|credit\w*|document\w*|label\w*)\b/iu
const UNDISCLOSED = /\b(?:un(?:disclosed|declared|acknowledged|cited|attributed|documented|credited))\b/iu
const ONLY =
  /\b(?:only|solely|exclusively|(?:limited|restricted|confined) to|up to and including|no further than|nothing (?:beyond|but|more than|except)|leave it there)\b/iu
const EVERY_USE =
  /\b(?:any|every|all|whatever|each)\b[^.;]{0,20}\b(?:form|stages?|purposes?|parts?|way|kinds?|points?|assignments?|work|coursework)\b|\b(?:any|all) use of AI\b|\bat all\b|\bin whole or in part\b|\b(?:complet|finish|prepar)\w* (?:\w+ ){0,2}(?:coursework|homework|assignments?|problem sets?)\b/iu
const EXAM =
  /\b(?:exams?|examinations?|quizz?(?:es)?|midterms?|closed[- ]book|(?:in|during|for|on) (?:the |any |all )?tests?)\b/iu
const COURSEWORK =
  /\b(?:homework|assignments?|papers?|essays?|projects?|coursework|labs?|reports?|exercises?|course)\b/iu

/** Whether a clause rules only what happens in an exam room. */
export function isOfExams(clause: string): boolean {
  return EXAM.test(clause) && !COURSEWORK.test(clause)
}

function readException(words: string): Statement {
  if (DISCLOSING.test(words)) return { force: 'implied', uses: ANY, only: false }
  const uses = readUses(words, false)
  return uses.size > 0 && !AUTHORITY.test(words)
    ? { force: 'leave', uses, only: true }
    : { force: 'ban', uses: ANY, only: false }
}

function readBan(clause: string): readonly Statement[] {
  if (UNDISCLOSED.test(clause)) return [{ force: 'implied', uses: ANY, only: false }]
  const exception = EXCEPTION.exec(clause)
  const words = exception?.groups?.['words'] ?? ''
  // "without AI" forbids; only "without citing it" lets through.
  const lets = exception !== null && !/^\s*(?:the |any )?(?:use |help |aid )?(?:of |from )?AI\b/iu.test(words)
  if (lets && !/^without/iu.test(exception[0])) return [readException(words)]
  if (lets && DISCLOSING.test(words)) return [readException(words)]
  const told = lets ? clause.slice(0, exception.index) : clause
  const every = EVERY_USE.exec(told)
  // "at any stage" forbids all; "to write any part of it" forbids the writing.
  const isTotal = every !== null && readUses(told.slice(0, every.index), true).size === 0
  const uses = isTotal ? ANY : readUses(told, true)
  return [{ force: 'ban', uses, only: false }]
}

function readLeave(clause: string): readonly Statement[] {
  const exception =
    /\b(?:except|other than|apart from|but(?= (?:not )?for\b)|but(?= the\b))\b(?<words>.*)$/isu.exec(clause)
  const told = exception === null ? clause : clause.slice(0, exception.index)
  const uses = readUses(told, false)
  const leave: Statement = { force: 'leave', uses, only: uses.size > 0 && ONLY.test(told) }
  const banned = readUses(exception?.groups?.['words'] ?? '', true)
  return banned.size === 0 ? [leave] : [leave, { force: 'ban', uses: banned, only: false }]
}

/** What a clause in which AI is called `AI` states; `held` is the force of the clause before, for one that has none. */
export function readStatements(clause: string, held: Force | null): readonly Statement[] {
  const force = readForce(clause) ?? held
  if (force === null) return []
  if (force === 'against') return [{ force, uses: ANY, only: false }]
  return force === 'ban' ? readBan(clause) : readLeave(clause)
}
