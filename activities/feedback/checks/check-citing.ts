import type { Requirement } from '../../../contract/requirements.ts'
import { countSigns } from '../work/count-sources.ts'
import type { Citation } from '../work/read-citations.ts'
import { sayMany } from './hold-count.ts'
import { lacking, met, notAssessed, type Check } from './rule-check.ts'

const CITES =
  /\b(?:cit(?:e|es|ed|ing|ations?)|bibliograph\w*|references?|works cited|sources?|footnotes?)\b/iu
const KINDS: ReadonlySet<Requirement['kind']> = new Set(['source', 'deliverable', 'structure', 'format'])
const STYLE = /\b(?:MLA|APA|Chicago|Harvard|IEEE|Vancouver|Turabian|citation style|referencing style)\b/u

function sayFirst(first: Citation | undefined): string {
  if (first === undefined) return 'none of them in the running text'
  return first.form === 'mark' ? 'the first is a note' : `the first is “${first.text.trim()}”`
}

/** Checks that a work which is to cite in some style cites at all; how well, a reader has to see. */
export const checkCitationStyle: Check = ({ statement, kind, modality }, work) => {
  const { citations, references, outline, submission } = work
  if (!STYLE.test(statement) || modality === 'may' || modality === 'must_not') return null
  if (kind !== 'format' && kind !== 'source') return null
  if (citations.length === 0 && references.length === 0) {
    // "MLA style" may be asked of margins alone.
    if (!CITES.test(statement) || countSigns(submission.text) > 0 || !outline.english) return null
    return lacking('No citation in the text and no list of references was found.')
  }
  const [first] = citations
  const found = `${sayMany(citations.length, 'citation')} and ${sayMany(references.length, 'listed reference')} were found`
  return notAssessed(
    `${found}; ${sayFirst(first)}. Compare them with a guide to the style.`,
    first === undefined ? [] : [first],
  )
}

const ASKS_FOR_LIST =
  /(?:^|\b(?:include|provide|attach|add|submit|append|give|list|with|have|has|end with|must contain|need)\b[^.;]{0,40})\W*(?:an?|the|your)?\s*(?:\p{L}+ ){0,2}(?:bibliography|reference list|list of references|works cited)\b/iu
// How the list is to be made is more than that it is there.
const ASKS_FOR_MORE =
  /\b(?:that|which|separat\w+|divid\w+|group\w+|order\w*|alphabet\w+|annotat\w+|format\w*|style|edition|complete|full|correct\w*|preliminary|primary|secondary|at least|MLA|APA|Chicago|Harvard|IEEE)\b/iu
const LEFT_OUT = /\b(?:not (?:counting|including)|excluding|exclusive of|without|plus)\b[^.;]*$/iu

/** Checks that there is a list of references where one is asked for by name. */
export const checkReferenceList: Check = ({ statement, kind, modality, quantities }, work) => {
  if (!KINDS.has(kind) || modality === 'may' || modality === 'must_not') return null
  if (quantities.length > 0 || !ASKS_FOR_LIST.test(statement.replace(LEFT_OUT, ''))) return null
  const [first] = work.references
  if (first !== undefined) {
    const said = `There is a list of references, with ${sayMany(work.references.length, 'entry', 'entries')}.`
    if (!ASKS_FOR_MORE.test(statement)) return met(said, [first])
    return notAssessed(`${said} Whether it is as the rule asks, look yourself.`, [first])
  }
  if (!work.outline.english || countSigns(work.submission.text) > 0)
    return notAssessed(
      'No heading of a list of references was recognised. If there is one, mark it as a heading.',
    )
  return lacking('No list of references was found.')
}
