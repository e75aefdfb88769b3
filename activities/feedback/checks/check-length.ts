import type { Quantity, Requirement } from '../../../contract/requirements.ts'
import { countWords } from '../work/count-words.ts'
import { endOfSection } from '../work/outline-work.ts'
import { countPages } from './count-pages.ts'
import { countWhole, sayWords } from './count-whole.ts'
import { boundsOf, type Bounds, type Held, holdCount, say, sayAsked, type Range } from './hold-count.ts'
import { met, notAssessed, notMet, short, type Check, type ReadWork, type Said } from './rule-check.ts'
import { subjectOf, type Subject } from './subject-of-size.ts'

// Two programs that count the same words differ by this much.
const COUNTERS_DIFFER = 0.01
const FEWEST_WORDS = 50
const FEWEST_CHARACTERS = 100
const NOT_OF_THE_WORK: ReadonlySet<Requirement['kind']> = new Set([
  'deadline',
  'grading',
  'process',
  'collaboration',
  'policy',
])
const DONE_ELSEWHERE =
  /^\W*(?:read|bring|watch|visit|attend|skim|listen|practi[cs]e|rehearse|reply|respond|comment)\b/iu

/** A count as a sentence begins; what is broken for certain needs no second reading. */
type SayCount = (held: Held) => string

function judge(count: Range, quantity: Quantity, statement: string, sayCount: SayCount, unit: string): Said {
  const bounds = boundsOf(quantity, statement)
  const asked = sayAsked(bounds, unit)
  switch (holdCount(count, bounds, COUNTERS_DIFFER)) {
    case 'kept':
      return met(`${sayCount('kept')}; asked for: ${asked}.`)
    case 'below':
      return short(
        `${sayCount('below')}: ${say(bounds.asked.least - count.most)} fewer than asked for.`,
        count.most,
        bounds.asked.least,
      )
    case 'above':
      return notMet(`${sayCount('above')}: ${say(count.least - bounds.asked.most)} more than asked for.`)
    default:
      return notAssessed(`${sayCount('unsure')}; asked for: ${asked}. ${sayOpen(count, bounds)}`)
  }
}

/** Why a count could not be decided, and what to do about it. */
function sayOpen({ least, most }: Range, { kept, broken }: Bounds): string {
  if (least !== most)
    return 'Whether that keeps the rule depends on what your instructor counts: ask, or stay inside it either way.'
  if (kept.least !== broken.least)
    return 'A plain number is often meant give or take a tenth: ask how strictly.'
  return 'That is at the edge, and programs count a little differently: look at the count in your own.'
}

/** The words of a section, and those of its first paragraph alone: where it ends, a heading may have been missed. */
function countSection({ outline, submission }: ReadWork, form: RegExp): Range | null {
  const at = outline.headings.findIndex(({ text }) => form.test(text))
  const heading = outline.headings[at]
  if (heading === undefined) return null
  const end = endOfSection(outline.headings, at, submission.text.length)
  const first = outline.paragraphs.find((one) => one.start >= heading.end && one.start < end)
  return { least: first?.words ?? 0, most: countWords(submission.text.slice(heading.end, end)) }
}

function checkSection(
  requirement: Requirement,
  quantity: Quantity,
  subject: Subject & { of: 'section' },
  work: ReadWork,
): Said {
  const count = quantity.unit === 'words' ? countSection(work, subject.form) : null
  if (count === null)
    return notAssessed(
      `This length is for the ${subject.name}, and no heading shows where that begins and ends. Count it yourself.`,
    )
  const sayCount = (held: Held): string => {
    const { least, most } = count
    const name = `The ${subject.name} has`
    if (held === 'above') return `${name} ${say(least)} words or more`
    if (held === 'below' || least === most) return `${name} ${say(most)} words`
    return `${name} ${say(least)} words in its first paragraph and ${say(most)} up to the next heading`
  }
  return judge(count, quantity, requirement.statement, sayCount, 'words')
}

function countCharacters({ outline, submission }: ReadWork, statement: string): Range {
  const bare = submission.text.replaceAll(/\s/gu, '').length
  const isBare = /\b(?:without|excluding|not counting|no) spaces\b/iu.test(statement)
  const isFull = /\b(?:with|including|counting) spaces\b/iu.test(statement)
  return { least: isFull ? outline.characters : bare, most: isBare ? bare : outline.characters }
}

function checkWhole({ statement }: Requirement, quantity: Quantity, work: ReadWork): Said {
  if (quantity.unit === 'pages') return countPages(quantity, statement, work)
  if (quantity.unit === 'words') {
    const count = countWhole(work, statement)
    return judge(count, quantity, statement, (held) => sayWords(count, held), 'words')
  }
  const count = countCharacters(work, statement)
  const sayCount = (held: Held): string => {
    const { least, most } = count
    if (held === 'below' || least === most) return `The text has ${say(most)} characters`
    if (held === 'above') return `The text has ${say(least)} characters without spaces`
    return `The text has ${say(least)} characters without spaces and ${say(most)} with them`
  }
  return judge(count, quantity, statement, sayCount, 'characters')
}

/** Characters may be people of a story, words a vocabulary, and pages something to read. */
function isSize({ kind, statement }: Requirement, { unit, value, upper }: Quantity): boolean {
  if (NOT_OF_THE_WORK.has(kind) || DONE_ELSEWHERE.test(statement)) return false
  if (unit === 'words') return (upper ?? value) >= FEWEST_WORDS
  if (unit === 'characters') return (upper ?? value) >= FEWEST_CHARACTERS
  return (
    unit === 'pages' &&
    !/\bweb ?pages?\b|\btitle page\b|\bpage numbers?\b/iu.test(
      statement.replaceAll(/\b(?:not|excluding)\b[^.;]*/giu, ''),
    )
  )
}

/** A floor and a ceiling of the same thing, as one range: "at least 5 pages and no more than 7 pages". */
function joinBounds(first: Quantity, requirement: Requirement, work: ReadWork): Quantity {
  const bounds = new Set<Quantity['bound']>(['at_least', 'at_most'])
  const other = requirement.quantities.find(
    (one) =>
      one.unit === first.unit &&
      bounds.has(one.bound) &&
      one.bound !== first.bound &&
      subjectOf(requirement, one, work).of === 'whole',
  )
  if (other === undefined || !bounds.has(first.bound)) return first
  const [floor, ceiling] = first.bound === 'at_least' ? [first, other] : [other, first]
  if (floor.value >= ceiling.value) return first
  return { ...first, bound: 'range', value: floor.value, upper: ceiling.value }
}

/** Checks how long the work is: in words, pages or characters. */
export const checkLength: Check = (requirement, work) => {
  if (requirement.modality === 'may') return null
  const quantity = requirement.quantities.find((one) => isSize(requirement, one))
  if (quantity === undefined) return null
  const isLimit = quantity.bound === 'at_least' || quantity.bound === 'at_most'
  if (requirement.modality === 'must_not' && !isLimit) return null
  const subject = subjectOf(requirement, quantity, work)
  switch (subject.of) {
    case 'whole':
      return checkWhole(requirement, joinBounds(quantity, requirement, work), work)
    case 'section':
      return checkSection(requirement, quantity, subject, work)
    case 'each':
      return notAssessed(
        'This length is for each part by itself, and only the whole is counted. Count them one by one.',
      )
    default:
      return notAssessed(
        'This length may be for a part, or not for everybody, and code cannot tell. Count what it is meant for yourself.',
      )
  }
}
