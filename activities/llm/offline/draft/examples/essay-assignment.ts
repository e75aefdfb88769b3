import type { CanvasContext } from '../../../../../contract/canvas-context.ts'
import type { Distilled, Evidence, Quantity, Requirement } from '../../../../../contract/requirements.ts'
import type { SourceDocument } from '../../../port.ts'

const SHEET = `Comparative Essay: Two Cities, One River

Write an essay of 1,500 to 2,000 words that compares how two cities on the same river deal with flooding. Take a position on which city is better prepared.

Choose one of the following pairs: Basel and Rotterdam, or Passau and Budapest.

Use at least five sources, three of which must be peer-reviewed. Do not cite encyclopedia entries. Cite in MLA style.

Your paper must be double-spaced, in 12-point Times New Roman, with 1-inch margins.

Hand in a one-page outline by November 10. Submit the essay as a PDF by November 26. Late essays lose 5% per day.

You may use AI tools to brainstorm, but the writing must be your own.
`

const DOCUMENT_ID = '7f6d3b1e-52d4-4c39-9a51-2f1c8a4d9e01'

/** Where a quote of the sheet stands; examples quote to the letter. */
export function quoteOf(quote: string): Evidence {
  const start = SHEET.indexOf(quote)
  return { document_id: DOCUMENT_ID, quote, start, end: start + quote.length, page: null, match: 'exact' }
}

function quantity(
  text: string,
  value: number,
  unit: string,
  bound: Quantity['bound'],
  upper: number | null = null,
): Quantity {
  return { text, value, upper, unit, bound }
}

type Sketch = Pick<Requirement, 'id' | 'kind' | 'statement'> &
  Partial<Requirement> & { readonly quote: string }

function requirement({ quote, ...sketch }: Sketch): Requirement {
  return {
    modality: 'must',
    hard: true,
    quantities: [],
    alternative_group: null,
    criterion_id: null,
    evidence: [quoteOf(quote)],
    ...sketch,
  }
}

const PAIRS = 'Choose one of the following pairs: Basel and Rotterdam, or Passau and Budapest'

const REQUIREMENTS: readonly Requirement[] = [
  requirement({
    id: 'length',
    kind: 'length',
    statement: 'Write an essay of 1,500 to 2,000 words',
    quote: 'Write an essay of 1,500 to 2,000 words',
    quantities: [quantity('1,500 to 2,000 words', 1500, 'words', 'range', 2000)],
  }),
  requirement({
    id: 'compare',
    kind: 'content',
    statement: 'Compare how two cities on the same river deal with flooding',
    quote: 'compares how two cities on the same river deal with flooding',
  }),
  requirement({
    id: 'position',
    kind: 'content',
    statement: 'Take a position on which city is better prepared',
    quote: 'Take a position on which city is better prepared',
    criterion_id: '_1',
  }),
  requirement({
    id: 'pair-basel',
    kind: 'content',
    statement: 'Basel and Rotterdam',
    quote: PAIRS,
    alternative_group: 'pair',
  }),
  requirement({
    id: 'pair-passau',
    kind: 'content',
    statement: 'Passau and Budapest',
    quote: PAIRS,
    alternative_group: 'pair',
  }),
  requirement({
    id: 'sources',
    kind: 'source',
    statement: 'Use at least five sources',
    quote: 'Use at least five sources',
    quantities: [quantity('at least five sources', 5, 'sources', 'at_least')],
  }),
  requirement({
    id: 'peer-reviewed',
    kind: 'source',
    statement: 'Three of the sources must be peer-reviewed',
    quote: 'five sources, three of which must be peer-reviewed',
    quantities: [quantity('three', 3, 'sources', 'exact')],
  }),
  requirement({
    id: 'no-encyclopedia',
    kind: 'source',
    modality: 'must_not',
    statement: 'Do not cite encyclopedia entries',
    quote: 'Do not cite encyclopedia entries',
  }),
  requirement({ id: 'mla', kind: 'format', statement: 'Cite in MLA style', quote: 'Cite in MLA style' }),
  requirement({
    id: 'layout',
    kind: 'format',
    statement: 'Set the paper double-spaced, in 12-point Times New Roman, with 1-inch margins',
    quote: 'double-spaced, in 12-point Times New Roman, with 1-inch margins',
    quantities: [quantity('12-point', 12, 'pt', 'exact'), quantity('1-inch', 1, 'inches', 'exact')],
  }),
  requirement({
    id: 'outline',
    kind: 'deliverable',
    statement: 'Hand in a one-page outline by November 10',
    quote: 'Hand in a one-page outline by November 10',
  }),
  requirement({
    id: 'pdf',
    kind: 'submission',
    statement: 'Submit the essay as a PDF by November 26',
    quote: 'Submit the essay as a PDF by November 26',
  }),
  requirement({
    id: 'late',
    kind: 'grading',
    statement: 'Late essays lose 5% per day',
    quote: 'Late essays lose 5% per day',
    hard: false,
    quantities: [quantity('5%', 5, '%', 'exact')],
  }),
  requirement({
    id: 'ai',
    kind: 'policy',
    modality: 'may',
    hard: false,
    statement: 'AI tools may be used to brainstorm',
    quote: 'You may use AI tools to brainstorm',
  }),
]

/** A comparative essay with a choice, an outline due on the way and an AI rule, as the stages before drafting leave it. */
export const essayDistilled: Distilled = {
  genre: 'essay',
  objective: 'Compare how two cities on the same river deal with flooding, and take a position.',
  requirements: [...REQUIREMENTS],
  dates: [
    {
      text: 'November 10',
      iso_date: '2026-11-10',
      agrees_with_canvas: false,
      evidence: quoteOf('Hand in a one-page outline by November 10'),
    },
    {
      text: 'November 26',
      iso_date: '2026-11-26',
      agrees_with_canvas: true,
      evidence: quoteOf('Submit the essay as a PDF by November 26'),
    },
  ],
  ai_policy: { level: 2, evidence: [quoteOf('You may use AI tools to brainstorm')] },
  suspicious: [],
  open_questions: [],
}

export const essayDocuments: readonly SourceDocument[] = [
  { document_id: DOCUMENT_ID, kind: 'description', name: 'Assignment description', text: SHEET, pages: [] },
]

function criterion(id: string, description: string, points: number) {
  return { id, description, long_description: null, points, ratings: [] }
}

export const essayContext: CanvasContext = {
  assignment: {
    id: '2001',
    title: 'Comparative Essay: Two Cities, One River',
    description_html: null,
    due_at: '2026-11-27T04:59:00Z',
    lock_at: null,
    unlock_at: null,
    points_possible: 100,
    grading_type: 'points',
    submission_types: ['online_upload'],
    allowed_extensions: ['pdf'],
    allowed_attempts: null,
    group: false,
    peer_reviews: false,
    locked: false,
    lock_explanation: null,
    html_url: 'https://canvas.example.edu/courses/101/assignments/2001',
    updated_at: null,
    checkpoints: [],
    discussion_message_html: null,
    quiz: false,
    annotatable_file_id: null,
    attachments: [],
  },
  rubric: {
    title: 'Essay rubric',
    points_possible: 100,
    hide_points: false,
    used_for_grading: true,
    criteria: [
      criterion('_1', 'Thesis and argument', 40),
      criterion('_2', 'Use of sources', 30),
      criterion('_3', 'Organization', 20),
      criterion('_4', 'Grammar and style', 10),
    ],
  },
  course: {
    id: '101',
    name: 'Rivers and Cities',
    code: 'GEO 210',
    time_zone: 'America/New_York',
    syllabus_html: null,
    user_time_zone: null,
  },
}

/** The time the examples are planned at: three weeks before the due date. */
export const ESSAY_NOW = '2026-11-05T15:00:00Z'
