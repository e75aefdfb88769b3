import type { Passage } from '../work/outline-work.ts'
import {
  boundsOf,
  met,
  notAssessed,
  notMet,
  say,
  sayMany,
  type Check,
  type ReadWork,
  type Said,
} from './rule-check.ts'

const UNIT = /^(?:tables|figures|images|charts|graphs|maps|diagrams|plots|visuals?)$/u
const OF_TABLES = /\btables?\b/iu
const OF_FIGURES = /\b(?:figures?|images?|charts?|graphs?|maps?|diagrams?|plots?|visuals?)\b/iu
const TABLE_CAPTION = /^table\s+\d/iu

/** Which captions count: tables, figures, or both where either will do. */
function captionsFor(statement: string, { outline }: ReadWork): readonly Passage[] {
  const [tables, figures] = [OF_TABLES.test(statement), OF_FIGURES.test(statement)]
  return outline.captions.filter(({ text }) => (TABLE_CAPTION.test(text) ? tables : figures))
}

function countShown(statement: string, work: ReadWork, least: number): Said {
  const captions = captionsFor(statement, work)
  const found = `${sayMany(captions.length, 'numbered caption')} ${captions.length === 1 ? 'was' : 'were'} found`
  if (captions.length >= least) return met(`${found}.`, captions.slice(0, 1))
  return notAssessed(
    `${found} (such as “Figure 1: …”), for ${say(least)} asked for. Pictures themselves are not looked at: count them yourself.`,
  )
}

function countSlides({ submission }: ReadWork, least: number, most: number): Said {
  const { length } = submission.pages
  if (length === 0)
    return notAssessed('What was sent has no slides to count. Send the slides as a PDF to have them counted.')
  if (length < least)
    return notMet(`The file has ${say(length)} pages; at least ${say(least)} slides are asked for.`)
  if (length > most)
    return notMet(`The file has ${say(length)} pages; at most ${say(most)} slides are asked for.`)
  return met(`The file has ${say(length)} pages.`)
}

/** Checks counts of tables, figures and slides. */
export const checkCounts: Check = ({ quantities, modality, statement }, work) => {
  if (modality === 'may' || modality === 'must_not') return null
  for (const quantity of quantities) {
    const [least, most] = boundsOf(quantity.bound === 'exact' ? { ...quantity, bound: 'at_least' } : quantity)
    if (quantity.unit === 'slides') return countSlides(work, ...boundsOf(quantity))
    if (UNIT.test(quantity.unit) && most === Number.POSITIVE_INFINITY)
      return countShown(statement, work, least)
  }
  return null
}

const FIRST_PERSON = /(?<![\p{L}'’])(?:I|I['’](?:m|ve|d|ll)|my|me|mine|we|our|us)(?![\p{L}'’])/gu
const NAMED = /\b(?:Wikipedia|encyclop(?:a?e)dias?|Britannica|SparkNotes|CliffsNotes|ChatGPT|blogs?)\b/giu
const AUTHOR_DATE = /\bauthor[-–/ ]date\b|\bparenthetical citations?\b/iu
const isAuthorDate = ({ work }: { readonly work: string }): boolean => /\p{L} \d{4}/u.test(work)
const MOST_SHOWN = 3

function findAll(text: string, form: RegExp): readonly Passage[] {
  return [...text.matchAll(form)].map(({ 0: found, index }) => ({
    text: found,
    start: index,
    end: index + found.length,
  }))
}

/** The words around a place, from space to space, so that a reader sees where it is. */
function around(text: string, { start, end }: Passage): Passage {
  const from = Math.max(text.lastIndexOf('\n', start) + 1, text.lastIndexOf(' ', Math.max(0, start - 30)) + 1)
  const next = text.indexOf(' ', end + 30)
  const line = text.indexOf('\n', end)
  const to = Math.min(next === -1 ? text.length : next, line === -1 ? text.length : line)
  return { text: text.slice(from, to), start: from, end: to }
}

/** What a named source goes by in a list of references. */
function formOf(name: string): RegExp {
  if (name.startsWith('encyclop')) return /\b(?:encyclopa?edias?|wikipedia|britannica)\b/giu
  return new RegExp(String.raw`\b${name.replace(/s$/u, '')}s?\b`, 'giu')
}

function judgeFound(text: string, found: readonly Passage[], one: string, many: string): Said {
  if (found.length === 0) return met(`No ${one} was found.`)
  const seen = found.slice(0, MOST_SHOWN).map((place) => around(text, place))
  const shown = seen[0]?.text.trim() ?? ''
  return notMet(
    `${sayMany(found.length, one, many)} ${found.length === 1 ? 'was' : 'were'} found, first: “${shown}”.`,
    seen,
  )
}

/** Checks that what a rule forbids by name is not there: the first person, or sources such as Wikipedia. */
export const checkForbidden: Check = ({ modality, statement }, { submission, citations }) => {
  if (modality !== 'must_not') return null
  const { text } = submission
  if (/\bfirst[- ]person\b/iu.test(statement))
    return judgeFound(
      text,
      findAll(text, FIRST_PERSON),
      'use of the first person',
      'uses of the first person',
    )
  if (AUTHOR_DATE.test(statement)) {
    const found = citations.filter(isAuthorDate)
    const [one, many] = ['citation by author and date', 'citations by author and date']
    return citations.length === 0 ? null : judgeFound(text, found, one, many)
  }
  const names = [...new Set([...statement.matchAll(NAMED)].map(([name]) => name.toLowerCase()))]
  const [name] = names
  if (name === undefined || !/\b(?:cite|use|source|reference|quote|rely|count)/iu.test(statement)) return null
  return judgeFound(text, findAll(text, formOf(name)), `mention of ${name}`, `mentions of ${name}`)
}
