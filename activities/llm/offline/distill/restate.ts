import { stripLead } from './read-command.ts'
import { readQuantities } from './read-quantities.ts'
import { baseVerb, isCommandVerb } from './verbs.ts'

const SUBJECT = String.raw`(?<subject>(?:(?:your|the|this|each|every|all|any|an?|our)\s)?[\p{L}\p{N}'’. -]{2,60}?)`
const PASSIVE = new RegExp(
  String.raw`^${SUBJECT}\s(?:must|should|shall|(?:has|have|needs?) to|(?:is|are) to)\s(?:also\s)?be\s(?<verb>[\p{L}-]+)(?<rest>.*)$`,
  'iu',
)
const ACTIVE = new RegExp(
  String.raw`^${SUBJECT}\s(?:must|should|shall|(?:has|have|needs?) to)\s(?:also\s)?(?<verb>[\p{L}-]+)(?<rest>.*)$`,
  'iu',
)
const REQUIRED =
  /^(?<thing>.{3,120}?)\s(?:is|are)\s(?:also\s)?(?:required|mandatory|compulsory)\b(?<rest>.*)$/iu
const PERSON =
  /^(?:you|students|everyone|participants|groups|teams|we expect(?: to see)?|it)\s(?:(?:must|should|will|shall|can|may)(?:\s(?:also|then|each))?|(?:have|need|are(?: required| expected| encouraged| advised)?|is) to)\s(?!not\b|need\b)/iu
const SIZE =
  /^(?<size>(?:at least|at most|no (?:more|fewer|less|longer) than|between|about|approximately|around)?\s?[\d\p{L},–-]+(?: (?:to|and) [\d\p{L},]+)?\s(?:words|pages|minutes|slides|paragraphs|characters)\b.*)$/iu

// What `take it apart` means may stand in the words before it.
const SAYS_IT = /^[\p{L}-]+ (?:it|them)\b/iu
// A condition, a purpose and whom or what a demand is for: "To use it, write to me", "For C, POSIX as well".
const CONDITION =
  /\b(?:if|when|whenever|unless)\b|^where\b.*\b(?:differ|disagree|conflict|contradict)|^(?:to|in order to) \p{L}|^(?:for|on|under|with) (?!(?:this|the|your|our|these|that|each|every|all|any|example|instance|more|most|convenience|now)\b)(?:[\p{L}\p{N}+#.-]+ ){0,3}[\p{L}\p{N}+#.-]+, $/iu
// "After the session everybody fills in the form, one paragraph per member": the front holds the demand itself.
const ALL_DO = /\b(?:everybody|everyone|each (?:member|student)) \p{L}+s\b/iu
// "In NOTES.md include a diagram" says where it goes.
const NAMES_FILE = /\b[\w-]+\.[a-z]{2,5}\b/u
const WHOLE_SIZE =
  /^(?:at least |at most |about |between |approximately )?\d[\d,.]*(?:\s?(?:–|-|to|and)\s?\d[\d,.]*)?\s(?:words|pages)\b/iu
const ENDS_IN_RELATIVE = /\b(?:who|that|which)$/iu

/** Whether the front of a clause names a file that what follows goes into. */
export function namesFile(front: string): boolean {
  return NAMES_FILE.test(front)
}

/** Whether the first word keeps its capital: a name, followed by another capital or a possessive. */
function isProper(text: string): boolean {
  return /^\p{Lu}[\p{L}-]*(?:['’]s\b|\s\p{Lu}|\p{Lu}|\s\d+\.)/u.test(text)
}

const FORBIDDEN =
  /^(?:(?:you|students|groups) )?(?:must not|may not|should not|shall not|(?:cannot|can't)(?! (?:earn|score|receive|reach)\b)|must never)\s(?!be\b)/iu

// `put KEY VALUE: answer ok`: of a row of a table, and typed as it stands.
const USAGE =
  /^(?!(?:use|cite|follow|see|in|for) )[a-z][\w-]*(?: (?:\p{Lu}[\p{Lu}\d_]+|<[^<>]+>|\[[^[\]]+\]))+:/u

/** Whether a text begins with something to type, `make test must run all`, which is no verb of its sentence. */
export function beginsWithCommandLine(text: string): boolean {
  return (
    USAGE.test(text) ||
    /^(?:make|cargo|npm|npx|git|go|mvn|gradle|docker|gcc|pip) [a-z][\w-]* (?:must|should|shall|may|can|will|has to|needs to|runs?|builds?|is)\b/u.test(
      text,
    )
  )
}

function capital(text: string): string {
  if (beginsWithCommandLine(text)) return text
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function asOwn(subject: string): string {
  return subject
    .replace(/^(?:a|an)\s/iu, 'your ')
    .replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase())
}

function personless(text: string): string {
  const bare = text.replace(PERSON, '')
  return bare === text
    ? text.replace(FORBIDDEN, 'Do not ').replace(/^(?:you|students) (?=(?:do not|don't|never)\s)/iu, '')
    : bare
}

/**
 * Says a demand as a student would note it: short, imperative, numbers as written.
 * `lead` is the verb an item of a list takes over from its lead, e.g. `include`.
 */
export function restate(clause: string, lead: string | null, prohibits: boolean): string {
  const bare = stripLead(clause)
  // "In 250 to 350 words, answer …" keeps its opening, which holds the count.
  const front = clause.slice(0, clause.length - bare.length)
  // And a condition stays: without it the demand would be another.
  const kept =
    readQuantities(front).length > 0 ||
    namesFile(front) ||
    CONDITION.test(front) ||
    ALL_DO.test(front) ||
    SAYS_IT.test(bare)
  const plain = (kept ? clause : bare)
    .replace(/\s+/gu, ' ')
    .replace(/^\[\d{1,2}\]\s/u, '')
    .replace(/[\s.;,:]+$/u, '')
  if (lead !== null)
    return capital(`${lead} ${isProper(plain) ? plain : plain.charAt(0).toLowerCase() + plain.slice(1)}`)
  // A question that is set stays as it stands.
  if (/^(?:if|when|whenever|unless)\b|\?["”]?$/iu.test(plain)) return capital(plain)
  if (prohibits) return capital(personless(plain))
  if (WHOLE_SIZE.test(plain)) return `Write ${plain.charAt(0).toLowerCase()}${plain.slice(1)}`
  const first = /^[\p{L}-]+/u.exec(plain)?.[0].toLowerCase() ?? ''
  const person = personless(plain)
  if (person !== plain || isCommandVerb(first)) return capital(person)
  const required = REQUIRED.exec(plain)?.groups
  if (required !== undefined)
    return `Provide ${required['thing']?.replace(/^A/u, 'a') ?? ''}${required['rest'] ?? ''}`
  const passive = PASSIVE.exec(plain)?.groups
  // "Students who must be sent home": what only says which students are meant is no demand.
  if (ENDS_IN_RELATIVE.test((passive ?? ACTIVE.exec(plain)?.groups)?.['subject'] ?? '')) return capital(plain)
  if (passive !== undefined) {
    const { subject = '', verb = '', rest = '' } = passive
    const base = baseVerb(verb.toLowerCase())
    const size = SIZE.exec(`${verb}${rest}`)?.groups?.['size']
    if (size !== undefined) return `Write ${size}`
    return base === null
      ? capital(
          `make sure ${subject.toLowerCase()} ${subject.endsWith('s') || / and /u.test(subject) ? 'are' : 'is'} ${verb}${rest}`,
        )
      : capital(`${base} ${asOwn(subject)}${rest}`)
  }
  const active = ACTIVE.exec(plain)?.groups
  if (active !== undefined && isCommandVerb((active['verb'] ?? '').toLowerCase())) {
    const { verb = '', subject = '', rest = '' } = active
    return capital(`${verb}${rest} (${asOwn(subject)})`)
  }
  return capital(plain)
}
