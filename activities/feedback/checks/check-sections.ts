import { listNames } from '../../../contract/text.ts'
import type { Requirement } from '../../../contract/requirements.ts'
import type { WorkOutline } from '../work/outline-work.ts'
import { isBeside } from './is-beside.ts'
import { lacking, met, notAssessed, type Check, type Said } from './rule-check.ts'

interface Section {
  readonly name: string
  /** How a brief names it. */
  readonly asked: RegExp
  /** What its heading may hold instead. */
  readonly alike: RegExp
}

const section = (name: string, asked: RegExp, alike: RegExp): Section => ({ name, asked, alike })

/** Sections by the words a brief and a heading name them with. */
const SECTIONS: readonly Section[] = [
  section('abstract', /\babstract\b/iu, /abstract|summary/iu),
  section(
    'introduction',
    /\bintroduction\b/iu,
    /intro|background|overview|purpose|aim|objective|motivation/iu,
  ),
  section('background', /\bbackground\b/iu, /background|intro|context|theory|related/iu),
  section(
    'theory',
    /\btheor(?:y|etical (?:background|framework))\b/iu,
    /theor|background|framework|principle/iu,
  ),
  section(
    'literature review',
    /\bliterature review\b/iu,
    /literature|related work|previous|review|background/iu,
  ),
  section(
    'methods',
    /\bmethod(?:s|ology)?\b(?!\s+of\b)/iu,
    /method|material|procedure|experiment|approach|design|data|setup|sample|apparatus|equipment|protocol/iu,
  ),
  section('results', /\bresults\b/iu, /result|finding|outcome|observation|data|analysis|measure|reading/iu),
  section(
    'discussion',
    /\bdiscussion\b(?! (?:board|forum|section|post|of))/iu,
    /discuss|interpret|analysis|implication|evaluation|error|reflect|critique|significance/iu,
  ),
  section('conclusion', /\bconclusions?\b/iu, /conclu|summary|closing|final|outlook|takeaway/iu),
  section(
    'references',
    /\b(?:references|bibliography|works cited|reference list)\b/iu,
    /reference|bibliograph|cited|sources|literature/iu,
  ),
  section('appendix', /\bappendi(?:x|ces)\b/iu, /append|annex|supplement/iu),
  section('acknowledgements', /\backnowledge?ments?\b/iu, /acknowledg|thanks/iu),
  section('executive summary', /\bexecutive summary\b/iu, /summary/iu),
  section('table of contents', /\btable of contents\b/iu, /contents/iu),
  section('limitations', /\blimitations\b/iu, /limitation|threat|weakness|caveat/iu),
]
const BY_HEADING =
  /\b(?:(?:sub)?headings?|headed|titled|labell?ed|sections?(?: (?:for|named|called))?|chapters?)\b/iu
// Three of these asked for together are the sections of a report, whatever they are called.
const OF_REPORTS: ReadonlySet<string> = new Set([
  'abstract',
  'methods',
  'results',
  'discussion',
  'theory',
  'references',
])
// What a reader looks for under its name, whether or not a brief speaks of headings.
const ALWAYS_HEADED: ReadonlySet<string> = new Set([
  'abstract',
  'executive summary',
  'table of contents',
  'references',
])
// Where something is to be done in a section, the section is no more than its place.
const ELSEWHERE =
  /\b(?:in|from|within|after|before|of|to) (?:the|your|an?) (?:[\p{L}]+ ){1,3}(?:sections?|chapters?)\b|\b(?:style|form|manner|tone|voice) of (?:the|an?) \p{L}+/giu
const FEWEST_OF_REPORT = 3
const FEWEST_HEADINGS = 2
const LINE_START = 48
const NOT_OF_THE_WORK: ReadonlySet<Requirement['kind']> = new Set([
  'deadline',
  'grading',
  'process',
  'collaboration',
  'policy',
])

/** Beginnings of lines, where a heading that was not recognised would stand. */
function lineStarts(raw: string): string {
  return raw
    .split('\n')
    .map((line) => line.trim().slice(0, LINE_START))
    .join('\n')
}

/** Whether a rule asks for headings, rather than for, say, an introduction to something. */
function asksForHeadings({ statement }: Requirement, named: readonly Section[]): boolean {
  return (
    BY_HEADING.test(statement) || named.filter(({ name }) => OF_REPORTS.has(name)).length >= FEWEST_OF_REPORT
  )
}

/** Whether no heading and no beginning of a line can be one of these sections. */
function canBeSeenMissing(
  { english, headings }: WorkOutline,
  raw: string,
  missing: readonly Section[],
): boolean {
  const starts = lineStarts(raw)
  return (
    english &&
    headings.length >= FEWEST_HEADINGS &&
    missing.every(({ asked, alike }) => !asked.test(starts) && !alike.test(starts))
  )
}

function judge(
  outline: WorkOutline,
  raw: string,
  named: readonly Section[],
  areHeadings: boolean,
): Said | null {
  const isHeaded = ({ name }: Section) => areHeadings || ALWAYS_HEADED.has(name)
  const fits = (one: Section, text: string) => one.asked.test(text) || (isHeaded(one) && one.alike.test(text))
  const has = (one: Section) =>
    (one.name === 'references' && outline.references !== null) ||
    outline.headings.some(({ text }) => fits(one, text))
  const missing = named.filter((one) => !has(one) && isHeaded(one))
  if (named.every(has)) {
    const first = outline.headings.find(({ text }) => named.some((one) => fits(one, text)))
    return met(
      `There is a heading for ${listNames(named.map(({ name }) => name))}.`,
      first === undefined ? [] : [first],
    )
  }
  if (missing.length === 0) return null
  const names = listNames(missing.map(({ name }) => name))
  if (canBeSeenMissing(outline, raw, missing)) return lacking(`No heading was found for ${names}.`)
  return notAssessed(
    `No heading was recognised for ${names}. If it is there, mark it as a heading, so that a reader finds it too.`,
  )
}

/** Checks that the sections a rule names stand in the work under a heading. */
export const checkSections: Check = (requirement, { outline, submission, title }) => {
  const { kind, modality, statement } = requirement
  if (modality === 'may' || modality === 'must_not') return null
  const demanded = statement.replaceAll(ELSEWHERE, '')
  const named = SECTIONS.filter(({ asked }) => asked.test(demanded))
  const areHeadings = asksForHeadings(requirement, named)
  const isOfSections = kind === 'structure' || (areHeadings && !NOT_OF_THE_WORK.has(kind))
  if (named.length === 0 || !isOfSections) return null
  const said = judge(outline, submission.text, named, areHeadings)
  // A readme or a poster beside the work has sections of its own.
  return said?.outcome === 'not_met' && isBeside(statement, title)
    ? notAssessed(`${said.observation} The rule may be of something else you hand in.`)
    : said
}
