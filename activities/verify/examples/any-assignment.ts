import fc from 'fast-check'

import type { CanvasContext } from '../../../contract/canvas-context.ts'
import {
  REQUIREMENT_KINDS,
  type Distilled,
  type Quantity,
  type Requirement,
} from '../../../contract/requirements.ts'
import { essayContext } from '../../llm/offline/draft/examples/essay-assignment.ts'

const DOCUMENT_ID = '7f6d3b1e-52d4-4c39-9a51-2f1c8a4d9e01'
const START = Date.parse('2026-02-01T00:00:00Z')
const DAY = 86_400_000

const unit = fc.constantFrom('words', 'pages', 'sources', 'slides', 'minutes', 'replies', 'examples', 'MB')
const noun = fc.constantFrom(
  'analysis',
  'thesis statement',
  'test coverage',
  'works cited list',
  'lab data',
  'README',
  'figure',
  'rehearsal',
  'river',
  'outline',
  'code',
  'reply to a classmate',
  'abstract',
)
const verb = fc.constantFrom(
  'Write',
  'Include',
  'Use',
  'Do not exceed',
  'Compare',
  'Submit',
  'Present',
  'Discuss',
)

const sentence = fc
  .tuple(verb, fc.option(fc.tuple(fc.integer({ min: 1, max: 5000 }), unit), { nil: null }), noun)
  .map(([first, amount, thing]) => {
    const [value, named] = amount ?? []
    const text = value === undefined ? '' : ` ${value} ${named}`
    const quantities: Quantity[] =
      value === undefined
        ? []
        : [{ text: text.trim(), value, upper: null, unit: named ?? '', bound: 'exact' }]
    return { statement: `${first}${text} of the ${thing}`, quantities }
  })

function requirementOf(
  sheet: string,
  index: number,
  parts: Pick<
    Requirement,
    'kind' | 'modality' | 'hard' | 'alternative_group' | 'criterion_id' | 'statement' | 'quantities'
  >,
): Requirement {
  const start = sheet.indexOf(parts.statement)
  const evidence = [
    {
      document_id: DOCUMENT_ID,
      quote: parts.statement,
      start,
      end: start + parts.statement.length,
      page: null,
      match: 'exact' as const,
    },
  ]
  return { id: `r-${index + 1}`, ...parts, evidence }
}

const requirements = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...REQUIREMENT_KINDS),
      modality: fc.constantFrom('must', 'must_not', 'should', 'may'),
      hard: fc.boolean(),
      alternative_group: fc.constantFrom(null, null, null, 'a', 'b'),
      criterion_id: fc.constantFrom(null, null, '_1', '_9'),
      sentence,
    }),
    { maxLength: 40 },
  )
  .map((sketches) => {
    const sheet = sketches.map(({ sentence: { statement } }) => `${statement}.`).join('\n')
    return {
      sheet,
      list: sketches.map(({ sentence, ...sketch }, index) =>
        requirementOf(sheet, index, { ...sketch, ...sentence }),
      ),
    }
  })

const criteria = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('_1', '_2', '_3', '_4', '_5'),
    description: fc.oneof(noun, fc.constantFrom('3 sources', 'Depth of thought', 'Überzeugungskraft')),
    points: fc.constantFrom(null, 0, 2.5, 5, 20, 40),
  }),
  { selector: ({ id }) => id, maxLength: 5 },
)

const time = (from: number, to: number) =>
  fc
    .integer({ min: from, max: to })
    .map((minutes) => new Date(START + minutes * 60_000).toISOString().replace('.000', ''))

const assignment = fc.record({
  points_possible: fc.constantFrom(null, 0, 5, 20, 100, 250),
  due_at: fc.option(time(0, 120 * 1440), { nil: null }),
  lock_at: fc.option(time(60 * 1440, 130 * 1440), { nil: null }),
  submission_types: fc.subarray(['online_upload', 'online_url', 'on_paper', 'none']),
  allowed_extensions: fc.subarray(['pdf', 'docx']),
  allowed_attempts: fc.constantFrom(null, 1, 3),
  group: fc.boolean(),
  peer_reviews: fc.boolean(),
})

/** Assignments of every genre as they may come out of reading: sheet, requirements, rubric, dates, Canvas settings. */
export const anyAssignment = fc
  .record({
    genre: fc.constantFrom(
      'essay',
      'research_paper',
      'bibliography',
      'programming',
      'lab_report',
      'presentation',
      'discussion',
      'general',
    ),
    requirements,
    criteria,
    assignment,
    checkpoints: fc.boolean(),
    zone: fc.constantFrom(
      'America/New_York',
      'Asia/Kathmandu',
      'Pacific/Auckland',
      'Europe/Berlin',
      null,
      'Not/AZone',
    ),
    now: time(0, 100 * 1440),
    questions: fc.array(fc.constantFrom('Is a title page wanted?', 'Who is the audience?'), { maxLength: 2 }),
    rejection_reason: fc.constantFrom(null, 'too long', 'more time please', 'finish earlier', 'no'),
  })
  .map(
    ({
      genre,
      requirements: { sheet, list },
      criteria: rows,
      checkpoints,
      zone,
      questions,
      now,
      rejection_reason,
      ...rest
    }) => {
      const halves = [
        { tag: 'reply_to_topic', due_at: new Date(START + 40 * DAY).toISOString(), points: 5 },
        { tag: 'reply_to_entry', due_at: new Date(START + 47 * DAY).toISOString(), points: 5 },
      ]
      const rubric = rows.map((row) => ({ ...row, long_description: null, ratings: [] }))
      const context: CanvasContext = {
        ...essayContext,
        assignment: {
          ...essayContext.assignment,
          ...rest.assignment,
          title: 'A piece of work',
          checkpoints: checkpoints ? halves : [],
        },
        rubric:
          rubric.length === 0
            ? null
            : {
                title: null,
                points_possible: null,
                hide_points: false,
                used_for_grading: true,
                criteria: rubric,
              },
        course: { ...essayContext.course, time_zone: zone },
      }
      const distilled: Distilled = {
        genre,
        objective: 'Do the work.',
        requirements: list,
        dates: [],
        ai_policy: { level: null, evidence: [] },
        suspicious: [],
        open_questions: questions,
      }
      return {
        context,
        distilled,
        now,
        rejection_reason,
        documents: [
          { document_id: DOCUMENT_ID, kind: 'description' as const, name: 'Sheet', text: sheet, pages: [] },
        ],
      }
    },
  )
