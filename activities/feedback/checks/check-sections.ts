import type { Requirement } from '../../../contract/requirements.ts'
import type { Passage, WorkOutline } from '../work/outline-work.ts'
import { met, notAssessed, notMet, type Check, type Said } from './rule-check.ts'

/** Sections by the words a brief and a heading name them with. */
const SECTIONS: readonly (readonly [name: string, form: RegExp])[] = [
  ['abstract', /\babstract\b/iu],
  ['introduction', /\bintroduction\b/iu],
  ['background', /\bbackground\b/iu],
  ['theory', /\btheor(?:y|etical (?:background|framework))\b/iu],
  ['literature review', /\bliterature review\b/iu],
  ['methods', /\bmethod(?:s|ology)?\b(?!\s+of\b)/iu],
  ['results', /\bresults\b/iu],
  ['analysis', /\banalysis\b/iu],
  ['discussion', /\bdiscussion\b(?! (?:board|forum|section|post))/iu],
  ['conclusion', /\bconclusions?\b/iu],
  ['references', /\b(?:references|bibliography|works cited|reference list)\b/iu],
  ['appendix', /\bappendi(?:x|ces)\b/iu],
  ['acknowledgements', /\backnowledge?ments?\b/iu],
  ['executive summary', /\bexecutive summary\b/iu],
  ['table of contents', /\btable of contents\b/iu],
  ['reflection', /\breflection\b/iu],
  ['limitations', /\blimitations\b/iu],
]
const NAMES_SECTIONS =
  /\b(?:sections?|headings?|parts?|chapters?|structure[ds]?|consists? of|divided into|contains?|includes?)\b|:/iu

function sectionsNamed(statement: string) {
  return SECTIONS.filter(([, form]) => form.test(statement))
}

function hasSection({ headings, references }: WorkOutline, name: string, form: RegExp): boolean {
  if (name === 'references' && references !== null) return true
  return headings.some(({ text }) => form.test(text))
}

function list(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

function judge(outline: WorkOutline, named: ReturnType<typeof sectionsNamed>): Said {
  const missing = named.filter(([name, form]) => !hasSection(outline, name, form)).map(([name]) => name)
  if (missing.length === 0) return met(`There is a heading for ${list(named.map(([name]) => name))}.`)
  if (outline.headings.length === 0) {
    return notAssessed(
      `No headings were recognised in what was sent, so it cannot be seen where ${list(missing)} would be. If they are there, mark them as headings.`,
    )
  }
  const seen: readonly Passage[] = outline.headings.slice(0, 1)
  return notMet(`No heading was found for ${list(missing)}.`, seen)
}

/** Whether a requirement asks for sections by name, and not for, say, a discussion of something. */
function asksForSections({ kind, statement }: Requirement, named: number): boolean {
  if (kind === 'structure') return true
  return (kind === 'content' || kind === 'deliverable') && named > 1 && NAMES_SECTIONS.test(statement)
}

/** Checks that the sections a rule names stand in the work under a heading. */
export const checkSections: Check = (requirement, { outline }) => {
  if (requirement.modality === 'may' || requirement.modality === 'must_not') return null
  const named = sectionsNamed(requirement.statement)
  if (named.length === 0 || !asksForSections(requirement, named.length)) return null
  return judge(outline, named)
}
