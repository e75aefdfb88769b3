import type { Quantity, Requirement } from '../../../contract/requirements.ts'
import { countDifferent, countSigns, countSources } from '../work/count-sources.ts'
import { yearsOf } from '../work/read-references.ts'
import { boundsOf, holdCount, sayAsked, say, sayMany, type Range } from './hold-count.ts'
import { isBeside } from './is-beside.ts'
import { met, notAssessed, short, type Check, type ReadWork, type Said } from './rule-check.ts'

const SURE_UNITS = /^(?:sources|references|citations)$/u
const UNITS =
  /^(?:sources|references|articles|books|citations|titles|papers|studies|works|entries|items|publications|texts|websites|monographs|journals)$/u
const KINDS: ReadonlySet<Requirement['kind']> = new Set([
  'source',
  'content',
  'deliverable',
  'structure',
  'format',
])
// Sources of light or error, and references to a text everybody knows.
const OTHER_SOURCES =
  /\b(?:sources?|causes?) of (?!(?:information|evidence|your|the (?:text|paper|essay))\b)\p{L}+|\b(?:data|light|energy|power|water|food|heat|income|sound|voltage|open) sources?\b/iu
// "No sources other than the four texts" asks for no number of them.
const RESTRICTS =
  /\b(?:no|any|without|few) (?:\p{L}+ ){0,2}(?:sources?|texts?|books?|articles?|works?)\b[^.;]{0,30}\b(?:other than|beyond|besides|except|outside)\b|\bonly (?:the|these|those|from|use|cite)\b|\b(?:do not|don['’]t|need not) (?:need|have to|use|require)\b/iu
const INFORMAL =
  /\b(?:references|citations) (?:to|from) (?:the|your|our|this|class|course|assigned|specific)\b/iu
const CITES =
  /\b(?:cit(?:e|es|ed|ing|ations?)|bibliograph\w*|references?|works cited|sources?|footnotes?)\b/iu
const USES = /\b(?:use|draw|consult|include|incorporate|refer|integrate|engage|rely)\b/iu
// Verbs that ask to do something with a source other than to name it in the work.
const ELSEWHERE =
  /\b(?:read|watch|bring|compar\w+|analy[sz]\w+|discuss\w*|choose|select|evaluate|summari[sz]e|review|find|locate|collect|study|identify|examine|pick|swap|annotate)\b/iu
const QUALIFIED =
  /\b(?:peer[- ]reviewed|scholarly|academic|primary|secondary|credible|reliable|reputable|journal|(?:from|in) (?:the )?(?:course|class|reader|readings?|library|module|list|assigned)|outside|external|assigned|recent|monographs?|historical|empirical|original|print(?:ed)?|non-\p{L}+|english|books?|articles?|government|news(?:paper)?|online|different types?)\b/iu
const SINCE =
  /\b(?:since|after|from|(?:published|written) (?:in|since|after|from)|(?:no|not) older than)\s+(?:the year )?(?<year>(?:19|20)\d{2})\b/iu
const COUNT_YOURSELF = 'Sources can be named in ways that code cannot read: count them yourself.'
const IS_LISTED = /\b(?:bibliograph\w*|reference list|list of references|works cited)\b/iu

function sayCount({ least, most }: Range, { references, citations }: ReadWork, unit: string): string {
  if (unit === 'citations')
    return `${sayMany(citations.length, 'citation')} in the text and ${sayMany(references.length, 'entry', 'entries')} in a list of references were found`
  if (references.length > 0) {
    if (least === most) return `The list of references has ${sayMany(most, 'entry', 'entries')}`
    return `The list of references has ${say(least)} to ${say(most)} entries, as far as its lines show where one ends`
  }
  if (most === 0) return 'No list of references and no citation was found'
  if (least === 0) return 'No list of references and no citation in a common form was found'
  return `No list of references was found; the text cites ${least === most ? '' : 'at least '}${sayMany(least, 'work')}`
}

/** In-text citations may be meant, or entries of the list: both are counted. */
function countCitations(work: ReadWork): Range {
  const { text } = work.submission
  const { start, end } = work.outline.references ?? { start: text.length, end: text.length }
  const listed = countSources(work, text)
  const cited = work.citations.length
  const signs = countSigns(text.slice(0, start)) + countSigns(text.slice(end))
  return { least: Math.min(cited, listed.least), most: Math.max(cited + signs, listed.most) }
}

/** How many entries may be young enough: those that name a year, and those that name none. */
function tooOld({ statement }: Requirement, { references, outline }: ReadWork, least: number): Said | null {
  const since = Number(SINCE.exec(statement)?.groups?.['year'] ?? Number.NaN)
  if (Number.isNaN(since) || references.length === 0) return null
  const young = yearsOf(outline.references?.text ?? '').filter((year) => year >= since).length
  const undated = references.filter(({ text }) => yearsOf(text).length === 0).length
  if (young + undated >= least) return null
  return short(
    `${sayMany(young, 'entry', 'entries')} of the list of references can be from ${since} or later; asked for: ${say(least)}.`,
    young + undated,
    least,
  )
}

function judgeKept({ statement }: Requirement, said: string): Said {
  const qualifier = QUALIFIED.exec(statement)?.[0].toLowerCase() ?? null
  if (qualifier === null && !SINCE.test(statement)) return met(said)
  const meant = qualifier === null ? 'recent enough' : `“${qualifier}” as the rule means it`
  return notAssessed(
    `${said} Whether enough of them are ${meant}, only you can tell: go through them one by one.`,
  )
}

/** Whether a rule counts sources that the work is to name, and not sources of light, or books that are to be read. */
function countsSources({ kind, modality, statement }: Requirement, { unit }: Quantity): boolean {
  if (modality === 'may' || modality === 'must_not' || !KINDS.has(kind)) return false
  if (OTHER_SOURCES.test(statement) || RESTRICTS.test(statement)) return false
  return SURE_UNITS.test(unit) || CITES.test(statement) || (kind === 'source' && USES.test(statement))
}

/** Whether too few of them break the rule for certain. */
function canBeBroken({ statement }: Requirement, { references, outline, title }: ReadWork): boolean {
  if (INFORMAL.test(statement) || isBeside(statement, title)) return false
  if (references.length === 0 && !outline.english) return false
  return !ELSEWHERE.test(statement) || IS_LISTED.test(`${statement} ${title}`)
}

/** Checks how many sources the work names; what kind they are, code can't tell. */
export const checkSources: Check = (requirement, work) => {
  const { statement } = requirement
  const given = requirement.quantities.find(({ unit }) => UNITS.test(unit))
  if (given === undefined || !countsSources(requirement, given)) return null
  const quantity: Quantity = given.bound === 'exact' ? { ...given, bound: 'at_least' } : given
  const bounds = boundsOf(quantity, statement)
  const { least, most } = bounds.asked
  const count =
    quantity.unit === 'citations' ? countCitations(work) : countSources(work, work.submission.text)
  const said = `${sayCount(count, work, quantity.unit)}; asked for: ${most === Number.POSITIVE_INFINITY ? say(least) : sayAsked(bounds, '').trim()}.`
  switch (holdCount(count, bounds)) {
    case 'kept':
      return (
        (canBeBroken(requirement, work) ? tooOld(requirement, work, least) : null) ??
        judgeKept(requirement, said)
      )
    case 'below':
      if (work.references.length > 0 && countDifferent(work) >= least)
        return notAssessed(`${said} The text cites enough works: is each of them in the list?`)
      return canBeBroken(requirement, work)
        ? short(said, count.most, least)
        : notAssessed(`${said} ${COUNT_YOURSELF}`)
    default:
      return notAssessed(`${said} ${COUNT_YOURSELF}`)
  }
}
