import { findFirstPerson } from '../work/find-first-person.ts'
import type { Passage } from '../work/passage.ts'
import { say, sayMany } from './hold-count.ts'
import type { Requirement } from '../../../contract/requirements.ts'
import { met, notAssessed, notMet, type Check, type ReadWork, type Said } from './rule-check.ts'

const MOST_SHOWN = 3
const AROUND = 30
const LONGEST_ENTRY = 80
const ONLY_PARTLY =
  /\b(?:except|unless|other than|apart from|outside|only in|in (?:the|your) (?:abstract|introduction|methods?|results|discussion|conclusion|analysis|body)|in formal|overus\w+|too (?:often|much)|excessive|where possible)\b/iu
const AUTHOR_DATE = /\bauthor[-–/ ]date\b/iu
const SHOWS_AUTHOR = /\bet al\b|&|\bpp?\. ?\d/u

type About = Pick<Requirement, 'statement' | 'quantities'>

/** Sources that go by a name, and what they go by in a text. */
const NAMED: readonly (readonly [name: string, asked: RegExp, form: RegExp])[] = [
  ['Wikipedia', /\bwikipedia\b/iu, /\bwikipedia\b/giu],
  ['an encyclopedia', /\bencyclop(?:a?e)dias?\b/iu, /\b(?:encyclop(?:a?e)dias?|wikipedia|britannica)\b/giu],
  ['Britannica', /\bbritannica\b/iu, /\bbritannica\b/giu],
  ['SparkNotes', /\bspark ?notes\b/iu, /\bspark ?notes\b/giu],
  ['CliffsNotes', /\bcliff'?s? ?notes\b/iu, /\bcliff'?s? ?notes\b/giu],
]

function findAll(text: string, form: RegExp): readonly Passage[] {
  return [...text.matchAll(form)].map(({ 0: found, index }) => ({
    text: found,
    start: index,
    end: index + found.length,
  }))
}

/** The words around a place, from space to space, so that a reader sees where it is. */
function around(text: string, { start, end }: Passage): Passage {
  const from = Math.max(
    text.lastIndexOf('\n', start) + 1,
    text.lastIndexOf(' ', Math.max(0, start - AROUND)) + 1,
  )
  const next = text.indexOf(' ', end + AROUND)
  const line = text.indexOf('\n', end)
  const to = Math.min(next === -1 ? text.length : next, line === -1 ? text.length : line)
  return { text: text.slice(from, to), start: from, end: to }
}

function sayFound(text: string, found: readonly Passage[], one: string, many: string) {
  const seen = found.slice(0, MOST_SHOWN).map((place) => around(text, place))
  const shown = seen[0]?.text.trim() ?? ''
  const said = `${sayMany(found.length, one, many)} ${found.length === 1 ? 'was' : 'were'} found, first: “${shown}”.`
  return { said, seen }
}

function judgeFirstPerson({ submission, outline }: ReadWork, isOfAll: boolean): Said {
  if (!outline.english)
    return notAssessed(
      'The work does not read as English, and other languages are not looked through for this.',
    )
  const { text } = submission
  const { sure, possible } = findFirstPerson(text, outline)
  if (sure.length + possible.length === 0) return met('The first person was not found outside quotations.')
  const first = sure.length > 0 ? sure : possible
  const { said, seen } = sayFound(text, first, 'use of the first person', 'uses of the first person')
  if (sure.length > 0 && isOfAll) return notMet(said, seen)
  return notAssessed(`${said} Whether the rule means these, you can tell.`, seen)
}

/** A name that stands in the list of references, a note, a link or beside "according to" is a source of the work. */
function isCitedAt({ outline, submission }: ReadWork, { start }: Passage): boolean {
  const listed = [...(outline.references === null ? [] : [outline.references]), ...outline.notes]
  if (listed.some((one) => start >= one.start && start < one.end)) return true
  const before = submission.text.slice(Math.max(0, start - AROUND), start)
  return /(?:according to|https?:\/\/[^\s]{0,20}|\()\s?$/iu.test(before)
}

const COUNTS_NOT = /\bcount(?:s|ed)?\b/iu
const SOURCES = /^(?:sources|references|texts|books|articles|citations|works|entries)$/u

/** Entries of the list that a rule does not count, against how many it asks for; null where none is listed. */
function judgeUncounted({ quantities }: About, forms: readonly RegExp[], work: ReadWork): Said | null {
  const { references } = work
  const apart = references.filter(({ text }) => forms.some((form) => text.search(form) >= 0))
  const [first] = apart
  if (first === undefined) return null
  const left = references.length - apart.length
  const asked = quantities.find(({ unit }) => SOURCES.test(unit))?.value
  const said = `${say(apart.length)} of ${sayMany(references.length, 'entry', 'entries')} in the list of references ${apart.length === 1 ? 'does' : 'do'} not count, first “${first.text.trim().slice(0, LONGEST_ENTRY)}”`
  if (asked === undefined) return notAssessed(`${said}. Are the others enough for what is asked?`, apart)
  const counted = `${said}; ${say(left)} ${left === 1 ? 'is' : 'are'} left, asked for: ${say(asked)}.`
  return left < asked ? notMet(counted, apart) : met(counted, apart)
}

function judgeNamed(requirement: About, work: ReadWork): Said | null {
  const { statement } = requirement
  const named = NAMED.filter(([, asked]) => asked.test(statement))
  if (
    named.length === 0 ||
    !/\b(?:cit|us|sourc|referenc|quot|rel|count|allow|accept|credib|permit)/iu.test(statement)
  )
    return null
  const forms = named.map(([, , form]) => form)
  const uncounted = COUNTS_NOT.test(statement) ? judgeUncounted(requirement, forms, work) : null
  if (uncounted !== null) return uncounted
  const { text } = work.submission
  const names = named.map(([name]) => name).join(' or ')
  const places = named.flatMap(([, , form]) => findAll(text, form)).toSorted((a, b) => a.start - b.start)
  const found = places.filter(({ start }, at) => places[at - 1]?.start !== start)
  if (found.length === 0) return met(`No mention of ${names} was found.`)
  const cited = found.filter((place) => isCitedAt(work, place))
  const shown = cited.length > 0 ? cited : found
  const name = shown[0]?.text ?? names
  const { said, seen } = sayFound(text, shown, `mention of “${name}”`, `mentions of “${name}” and the like`)
  // What does not count toward a number may still be there.
  const isBan = !COUNTS_NOT.test(statement) && !ONLY_PARTLY.test(statement)
  return cited.length > 0 && isBan
    ? notMet(said, seen)
    : notAssessed(`${said} Whether it is a source of your work, you can tell.`, seen)
}

function judgeAuthorDate({ citations, references, outline, submission }: ReadWork): Said | null {
  if (citations.length === 0) return null
  const dated = citations.filter(({ form }) => form === 'year')
  if (dated.length === 0)
    return met(`No citation by author and date was found among ${say(citations.length)}.`)
  const listed = [...references, ...outline.notes]
    .map(({ text }) => text.toLowerCase().slice(0, 80))
    .join('\n')
  // "(Paris, 1889)" is a fair; a name that is listed is an author.
  const sure = dated.filter(
    ({ work, text }) => SHOWS_AUTHOR.test(text) || listed.includes(work.split(' ')[0] ?? work),
  )
  const shown = sure.length > 0 ? sure : dated
  const { said, seen } = sayFound(
    submission.text,
    shown,
    'citation by author and date',
    'citations by author and date',
  )
  return sure.length > 0
    ? notMet(said, seen)
    : notAssessed(`${said} Whether it is a citation, you can tell.`, seen)
}

/** Checks that what a rule forbids by name is not there: the first person, a way of citing, or sources such as Wikipedia. */
export const checkForbidden: Check = (requirement, work) => {
  const { modality, statement, kind } = requirement
  if (modality !== 'must_not' || kind === 'policy' || kind === 'process') return null
  if (/\bfirst[- ]person\b/iu.test(statement)) return judgeFirstPerson(work, !ONLY_PARTLY.test(statement))
  if (AUTHOR_DATE.test(statement)) return judgeAuthorDate(work)
  return judgeNamed(requirement, work)
}
