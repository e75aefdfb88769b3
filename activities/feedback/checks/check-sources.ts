import type { Requirement } from '../../../contract/requirements.ts'
import { yearsOf } from '../work/read-references.ts'
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

const UNITS =
  /^(?:sources|references|articles|books|citations|titles|papers|studies|works|entries|items|publications|texts|websites)$/u
const QUALIFIED =
  /\b(?:peer[- ]reviewed|scholarly|academic|primary|secondary|credible|reliable|reputable|journal|from (?:the )?(?:course|class|reader|reading|library|module|list)|outside|external|assigned|recent|monographs?|historical|empirical|original)\b/iu
const SINCE =
  /\b(?:since|after|from|published (?:in|since|after)|no older than|not older than)\s+(?<year>(?:19|20)\d{2})\b/iu

interface Counted {
  readonly count: number
  readonly what: string
}

/** Sources as far as they can be counted: listed ones, or, without a list, different works that are cited. */
function countSources({ references, citations }: ReadWork): Counted {
  if (references.length > 0)
    return { count: references.length, what: `The list of references has ${say(references.length)} entries` }
  const works = new Set(citations.map(({ work }) => work)).size
  return {
    count: works,
    what: `No list of references was found, and the text cites ${say(works)} different works`,
  }
}

function qualifierOf({ statement }: Requirement): string | null {
  const found = QUALIFIED.exec(statement)?.[0] ?? null
  return found === null ? null : found.toLowerCase()
}

function checkYears(requirement: Requirement, { references }: ReadWork, least: number): Said | null {
  const since = Number(SINCE.exec(requirement.statement)?.groups?.['year'] ?? Number.NaN)
  if (Number.isNaN(since) || references.length === 0) return null
  const recent = references.filter(({ text }) => (yearsOf(text).at(-1) ?? 0) >= since)
  if (recent.length >= least) return null
  return notMet(
    `${say(recent.length)} of the ${say(references.length)} entries name a year from ${since} on; ${say(least)} are asked for.`,
  )
}

/** Checks how many sources the work names; what kind they are, code can't tell. */
export const checkSources: Check = (requirement, work) => {
  const { kind, modality, quantities } = requirement
  const quantity = quantities.find(({ unit }) => UNITS.test(unit))
  if (quantity === undefined || modality === 'may' || modality === 'must_not') return null
  if (kind !== 'source' && kind !== 'content' && kind !== 'deliverable' && kind !== 'structure') return null
  const [least, most] = boundsOf(quantity.bound === 'exact' ? { ...quantity, bound: 'at_least' } : quantity)
  const { count, what } = countSources(work)
  if (count < least) return notMet(`${what}; ${say(least)} are asked for.`)
  const tooOld = checkYears(requirement, work, least)
  if (tooOld !== null) return tooOld
  const qualifier = qualifierOf(requirement)
  if (qualifier !== null || SINCE.test(requirement.statement)) {
    return notAssessed(
      `${what}. Whether enough of them are ${qualifier ?? 'recent enough'}, only you can tell: go through them one by one.`,
    )
  }
  if (count > most) return notMet(`${what}; at most ${say(most)} are asked for.`)
  return met(`${what}; ${say(least)} are asked for.`)
}

const STYLE = /\b(?:MLA|APA|Chicago|Harvard|IEEE|Vancouver|Turabian|citation style|referencing style)\b/u

/** Checks that a work which is to cite in some style cites at all; how well, a reader has to see. */
export const checkCitationStyle: Check = ({ statement, kind, modality }, { citations, references }) => {
  const style = STYLE.exec(statement)?.[0]
  if (style === undefined || modality === 'may' || (kind !== 'format' && kind !== 'source')) return null
  if (citations.length === 0 && references.length === 0)
    return notMet('No citation in the text and no list of references was found.')
  const [first] = citations
  const shown =
    first === undefined ? 'None was found in the running text' : `The first is “${first.text.trim()}”`
  return notAssessed(
    `${say(citations.length)} citations and ${say(references.length)} listed references were found. ${shown}; compare them with a guide to the style.`,
  )
}
