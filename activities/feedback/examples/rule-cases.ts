import type { Requirement } from '../../../contract/requirements.ts'
import { essayDocuments } from '../../llm/offline/draft/examples/essay-assignment.ts'
import { readQuantities } from '../../llm/offline/distill/read-quantities.ts'
import type { SubmittedWork } from '../../llm/port.ts'

const document_id = essayDocuments[0]?.document_id ?? ''

/** A hard rule in these words, its counts read as they are from a brief. */
export function rule(statement: string, more: Partial<Requirement> = {}): Requirement {
  return {
    id: 'rule-1',
    kind: 'length',
    modality: 'must',
    statement,
    hard: true,
    quantities: [...readQuantities(statement)],
    alternative_group: null,
    criterion_id: null,
    evidence: [
      { document_id, quote: statement, start: 0, end: statement.length, page: null, match: 'exact' },
    ],
    ...more,
  }
}

/** A rule on sources. */
export const sourceRule = (statement: string, more: Partial<Requirement> = {}): Requirement =>
  rule(statement, { kind: 'source', ...more })

/** A rule that forbids. */
export const ban = (statement: string, more: Partial<Requirement> = {}): Requirement =>
  rule(statement, { kind: 'format', modality: 'must_not', ...more })

/** A piece of work that was sent as text. */
export function work(text: string, file: SubmittedWork['file'] = null): SubmittedWork {
  return { document_id: '0b9e8f0e-4f64-4a4b-8f57-6f8ee3f3b1aa', name: 'Your text', text, pages: [], file }
}

export const pdf = { kind: 'pdf', bytes: 10, name: 'essay.pdf' } as const
export const docx = { kind: 'docx', bytes: 10, name: 'essay.docx' } as const

/** A PDF with these pages. */
export function pages(...texts: readonly string[]): SubmittedWork {
  const text = texts.join('\n')
  let start = 0
  const spans = texts.map((one, index) => {
    const page = { page: index + 1, start, end: start + one.length + 1 }
    start = page.end
    return page
  })
  return { ...work(text, pdf), pages: spans }
}

/** So many words. */
export const words = (count: number): string => Array.from({ length: count }, (_, i) => `word${i}`).join(' ')

/** A PDF of so many pages, so many words on each. */
export const pagesOf = (count: number, each = 280): SubmittedWork =>
  pages(...Array.from({ length: count }, () => words(each)))

export const REFERENCES = [
  '## References',
  '',
  'Abel, Ann. (2001). *Rivers and cities*. Oxford: Oxford University Press.',
  '',
  'Brown, Bo, & Cole, C. (1988). Floods. *Journal of Water*, 3(2), 11–20.',
  '',
  'Dunn, D. (2015). *Dykes*. Berlin: Springer.',
].join('\n')

/** A rule, a work, and what checking them has to say. */
export type RuleCase = readonly [
  title: string,
  Requirement,
  SubmittedWork,
  outcome: 'met' | 'not_met' | 'not_assessed',
  says: RegExp,
]
