import type { Requirement } from '../../../../../contract/requirements.ts'
import { createQuoteLocator } from '../../../../evidence/locate-quote.ts'
import type { RoleInput } from '../../../../roles/role-input.ts'
import { extensionOf, isBare } from '../../../../roles/scaffold/write-scaffold.ts'
import { withoutDates } from '../../../../verify/read-dates.ts'
import { readNumbers, sameUse } from '../../../../verify/read-numbers.ts'
import { clip } from '../../draft/grounded.ts'
import { asLine } from '../../draft/restate.ts'
import { prepare } from '../prepare.ts'
import { settled, type Check } from './check.ts'
import { searchArtefact, type Searchable } from './check-places.ts'

const SHOWN = 120
const LONGEST_QUOTE = 190

const shown = (requirement: Requirement): string => `“${clip(asLine(requirement), SHOWN)}”`

function filesOf(input: RoleInput): readonly Searchable[] {
  return input.files.filter(({ path }) => !isBare(extensionOf(path))).map(searchArtefact)
}

/** Whether a requirement says a number that its quotes do not. */
function addsNumber({ statement, evidence, quantities }: Requirement): boolean {
  const quoted = readNumbers(evidence.map(({ quote }) => quote).join('\n'))
  const counted = quantities.flatMap(({ text, unit }) => readNumbers(`${text} ${unit}`))
  return readNumbers(withoutDates(statement)).some(
    (number) => ![...quoted, ...counted].some((other) => sameUse(number, other)),
  )
}

/** Whether a number that a demand puts otherwise than its source has the words of the source beside it. */
export function checkNumbers(input: RoleInput): Check {
  const files = filesOf(input)
  const own = prepare(input).bench.own.filter(addsNumber)
  const faults = own.filter(
    (requirement) =>
      files.some(({ holds }) => holds(asLine(requirement))) &&
      !requirement.evidence.some(({ quote }) =>
        files.some(({ holds }) => holds(quote.slice(0, LONGEST_QUOTE).replace(/\s\S*$/, ''))),
      ),
  )
  return settled(
    'Every number stands in its quote, or has the quote beside it.',
    faults.map((requirement) => `The words of the source are missing beside ${shown(requirement)}.`),
    'Compared with the quotes of the requirements.',
  )
}

/** Whether the quotes behind the requirements stand in their documents, as far as the documents are there. */
export function checkQuotes(input: RoleInput): Check {
  const locate = new Map(
    input.documents.map((document) => [document.document_id, createQuoteLocator(document)]),
  )
  const lost = prepare(input).bench.own.filter(({ evidence }) =>
    evidence.some(({ document_id, quote }) => locate.get(document_id)?.(quote).match === 'none'),
  )
  return settled(
    'Every quote stands in its document.',
    lost.map((requirement) => `A quote behind ${shown(requirement)} stands nowhere in its document.`),
    input.documents.length === 0 ? 'No document is there to look in.' : 'Looked up in the documents.',
  )
}

/** Whether every requirement the task answers is met somewhere: in the artefacts, or in what was handed on. */
export function checkCovered(input: RoleInput): Check {
  const files = filesOf(input)
  const told = [
    ...(input.results.planning?.requirements ?? []),
    ...(input.results.discovery?.requirements ?? []),
  ].join('\n')
  const lost = prepare(input).bench.own.filter((requirement) => {
    const line = clip(asLine(requirement), 390).replace(/…$/, '')
    return !files.some(({ holds }) => holds(line)) && !told.includes(line)
  })
  return settled(
    'Every requirement of the task is held somewhere.',
    lost.map((requirement) => `Nothing holds ${shown(requirement)}.`),
    'Each stands in the scaffold or in the requirements handed on.',
  )
}
