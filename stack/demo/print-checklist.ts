import pc from 'picocolors'

import type { Checklist } from '../../contract/checklist.ts'
import { Modality } from '../../contract/requirements.ts'
import { heading } from './heading.ts'
import { wrapText } from './wrap-text.ts'

type Requirement = Checklist['requirements'][number]

const MODALITIES: { readonly [M in Requirement['modality']]: string } = {
  must: 'What you have to do',
  must_not: 'What you must not do',
  should: 'What is advised',
  may: 'What you may do',
}

function printQuote(
  { quote, document_id, page }: Requirement['evidence'][number],
  names: ReadonlyMap<string, string>,
): string {
  const where = `${names.get(document_id) ?? 'a document'}${page === null ? '' : `, page ${page}`}`
  return pc.dim(wrapText(`“${quote.replaceAll(/\s+/g, ' ').trim()}” — ${where}`, 6))
}

/** One of several to choose from stands under a line that says so. */
function printRequirements(list: readonly Requirement[], names: ReadonlyMap<string, string>): string[] {
  const groups = Map.groupBy(list, ({ alternative_group, id }) => alternative_group ?? id)
  return [...groups.values()].flatMap((options) => [
    ...(options.length > 1 ? [wrapText('Choose one of:', 2, '☐ ')] : []),
    ...options.flatMap(({ statement, evidence }) => {
      const [first] = evidence
      return [
        wrapText(statement, options.length > 1 ? 4 : 2, options.length > 1 ? '– ' : '☐ '),
        ...(first === undefined ? [] : [printQuote(first, names)]),
      ]
    }),
  ])
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading(title), ...lines]
}

/** What is asked, as a student would tick it off, with the words each line rests on. */
export function printChecklist({
  objective,
  ai_policy,
  requirements,
  open_questions,
  suspicious,
  documents,
}: Checklist): string {
  const names = new Map(documents.map(({ document_id, name }) => [document_id, name]))
  const byModality = Modality.options.flatMap((modality) =>
    section(
      MODALITIES[modality],
      printRequirements(
        requirements.filter((requirement) => requirement.modality === modality),
        names,
      ),
    ),
  )
  return [
    heading('What is asked'),
    wrapText(objective, 2),
    ...section('AI tools', [
      wrapText(ai_policy.label, 2),
      ...(ai_policy.quote === null ? [] : [pc.dim(wrapText(`“${ai_policy.quote}”`, 6))]),
    ]),
    ...byModality,
    ...section(
      'To ask before you start',
      open_questions.map((question) => wrapText(question, 2, '? ')),
    ),
    ...section(
      'Not meant for you',
      suspicious.map(({ quote, document_id }) =>
        wrapText(`Text for a machine in ${names.get(document_id) ?? 'a document'}: “${quote}”`, 2, '! '),
      ),
    ),
    '',
  ].join('\n')
}
