import type { Quantity, Requirement } from '../../../contract/requirements.ts'
import { countWords } from '../work/count-words.ts'
import {
  boundsOf,
  met,
  notAssessed,
  notMet,
  say,
  type Check,
  type ReadWork,
  type Said,
} from './rule-check.ts'

const LEFT_OUT =
  /\b(?:not (?:counting|including)|excluding|exclusive of|without|does not include|do not count|not count towards|plus)\b[^.;]{0,120}/iu
const WORDS_A_PAGE = 300

interface Counted {
  readonly count: number
  /** How it was counted, after “… words”. */
  readonly how: string
}

function countBody({ outline }: ReadWork, statement: string): Counted {
  const leftOut = LEFT_OUT.exec(statement)?.[0] ?? ''
  if (leftOut === '') return { count: outline.words, how: 'everything counted' }
  const drops = [
    [
      /bibliograph|reference|works cited|sources|literature/iu,
      outline.words - outline.bodyWords,
      'references',
    ],
    [/caption|figure|table/iu, sum(outline.captions.map(({ text }) => countWords(text))), 'captions'],
    [/footnote|endnote|notes/iu, sum(outline.footnotes.map(({ text }) => countWords(text))), 'notes'],
  ] as const
  const dropped = drops.filter(([form]) => form.test(leftOut))
  const count = outline.words - sum(dropped.map(([, words]) => words))
  const names = dropped.map(([, , name]) => name).join(', ')
  return { count, how: names === '' ? 'everything counted' : `without ${names}` }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

function sayBounds(least: number, most: number, unit: string): string {
  if (most === Number.POSITIVE_INFINITY) return `at least ${say(least)} ${unit}`
  return least === 0 ? `at most ${say(most)} ${unit}` : `${say(least)} to ${say(most)} ${unit}`
}

function judge(count: number, quantity: Quantity, unit: string, how: string): Said {
  const [least, most] = boundsOf(quantity)
  const counted = `The text has ${say(count)} ${unit}, ${how}`
  if (count < least) return notMet(`${counted}: ${say(least - count)} fewer than asked for.`)
  if (count > most) return notMet(`${counted}: ${say(count - most)} more than asked for.`)
  return met(`${counted}; asked for: ${sayBounds(least, most, unit)}.`)
}

function checkPages(quantity: Quantity, { submission, outline }: ReadWork): Said {
  if (submission.pages.length > 0)
    return judge(submission.pages.length, quantity, 'pages', 'as the file is laid out')
  const about = Math.max(1, Math.round(outline.bodyWords / WORDS_A_PAGE))
  return notAssessed(
    `What was sent has no pages to count; ${say(outline.bodyWords)} words are about ${about} double-spaced pages. Look at the page count in your own file.`,
  )
}

/** A word count of a part of the work ("a 150-word abstract") says nothing about the whole. */
function isOfThePart({ statement, kind }: Requirement, { value }: Quantity): boolean {
  if (kind === 'length') return false
  return (
    value <= 300 &&
    /\b(?:each|every|per|abstract|summary|caption|annotation|entry|note|statement|reply|replies|response|question|post)\b/iu.test(
      statement,
    )
  )
}

/** Checks how long the work is: in words, pages or characters. */
export const checkLength: Check = (requirement, work) => {
  const quantity = requirement.quantities.find(({ unit }) => /^(?:words|pages|characters)$/u.test(unit))
  if (quantity === undefined || requirement.modality === 'may' || isOfThePart(requirement, quantity))
    return null
  if (/\b(?:each|every|per|both)\b/iu.test(requirement.statement) && requirement.kind !== 'length')
    return null
  if (quantity.unit === 'pages') return checkPages(quantity, work)
  if (quantity.unit === 'characters')
    return judge(work.outline.characters, quantity, 'characters', 'spaces counted')
  const { count, how } = countBody(work, requirement.statement)
  return judge(count, quantity, 'words', how)
}
