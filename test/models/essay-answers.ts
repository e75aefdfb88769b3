import type { DistillAnswer } from '../../activities/llm/prompts/distill/1.0.0.ts'
import type { DraftAnswer } from '../../activities/llm/prompts/draft/1.1.0.ts'

// What a model answers for the example essay: written as models write, with a doubtful quote here and there.

type Found = DistillAnswer['requirements'][number]
type Task = DraftAnswer['milestones'][number]['tasks'][number]

function found(kind: Found['kind'], quote: string, statement: string, more: Partial<Found> = {}): Found {
  return { document: 'D1', quote, statement, kind, modality: 'must', alternative_group: null, ...more }
}

export const essayDistillAnswer: DistillAnswer = {
  requirements: [
    found('length', 'Write an essay of 1,500 to 2,000 words', 'Write an essay of 1,500 to 2,000 words'),
    found(
      'content',
      'compares how two cities on the same river deal with flooding',
      'Compare how two cities on the same river deal with flooding',
    ),
    found(
      'content',
      'Take a position on which city is better prepared',
      'Take a position on which city is better prepared',
    ),
    found('content', 'Basel and Rotterdam', 'Basel and Rotterdam', { alternative_group: 'pair' }),
    found('content', 'Passau and Budapest', 'Passau and Budapest', { alternative_group: 'pair' }),
    found('source', 'Use at least five sources', 'Use at least five sources'),
    found(
      'source',
      'three of which must be peer-reviewed',
      'Make sure three of the sources are peer-reviewed',
    ),
    found('source', 'Do not cite encyclopedia entries', 'Do not cite encyclopedia entries', {
      modality: 'must_not',
    }),
    found('format', 'Cite in MLA style', 'Cite in MLA style'),
    // A model that straightens quotation marks and spaces is still found.
    found(
      'format',
      'double-spaced,  in 12-point Times New Roman, with 1-inch margins',
      'Set the paper double-spaced, in 12-point Times New Roman, with 1-inch margins',
    ),
    found(
      'deliverable',
      'Hand in a one-page outline by November 10',
      'Hand in a one-page outline by November 10',
    ),
    found(
      'submission',
      'Submit the essay as a PDF by November 26',
      'Submit the essay as a PDF by November 26',
    ),
    found('grading', 'Late essays lose 5% per day', 'Hand in on time: late essays lose 5% per day'),
    found('policy', 'You may use AI tools to brainstorm', 'Use AI tools to brainstorm if you like', {
      modality: 'may',
    }),
    found('policy', 'the writing must be your own', 'Write all of it yourself'),
  ],
  suspicious: [],
  ai_policy: {
    quotes: [
      {
        document: 'D1',
        quote: 'You may use AI tools to brainstorm, but the writing must be your own.',
      },
    ],
    level: 'ideas',
  },
  open_questions: ['Does the outline count towards the grade?'],
  objective: 'Compare how two cities on the same river deal with flooding, and take a position.',
  genre: 'essay',
}

function task(id: string, title: string, minutes: number, more: Partial<Task>): Task {
  return {
    requirement_ids: [],
    criterion_ids: [],
    id,
    title,
    what: `Set aside a quiet hour for this, and stop when the result below is there.`,
    deliverable: 'Your notes',
    done: 'You could explain the result to a classmate.',
    minutes,
    depends_on: [],
    ...more,
  }
}

export const essayDraftAnswer: DraftAnswer = {
  milestones: [
    {
      id: 'start',
      title: 'Choose your cities',
      purpose: 'A choice made early decides which sources you need.',
      tasks: [
        task('read', 'Read the sheet and mark each demand', 15, { requirement_ids: ['policy-1'] }),
        task('choose', 'Choose a pair of cities', 30, {
          what: 'Look quickly at what the library holds on each pair before you decide.',
          requirement_ids: ['content-3', 'content-4'],
          depends_on: ['read'],
        }),
      ],
    },
    {
      id: 'research',
      title: 'Find and read sources',
      purpose: 'The position has to grow out of evidence.',
      tasks: [
        task('search', 'Search for sources', 120, {
          deliverable: 'A list of sources with full details.',
          requirement_ids: ['source-1', 'source-2', 'source-3'],
          criterion_ids: ['_2'],
          depends_on: ['choose'],
        }),
        task('notes', 'Take notes on how each city prepares', 180, {
          requirement_ids: ['content-1'],
          depends_on: ['search'],
        }),
      ],
    },
    {
      id: 'writing',
      title: 'Argue and write',
      purpose: 'Write once you know your position.',
      tasks: [
        task('outline', 'Outline the comparison', 60, {
          requirement_ids: ['deliverable-1', 'content-2'],
          criterion_ids: ['_1', '_3'],
          depends_on: ['notes'],
        }),
        task('write', 'Write the draft from your outline', 240, {
          requirement_ids: ['length-1'],
          depends_on: ['outline'],
        }),
      ],
    },
    {
      id: 'finish',
      title: 'Revise and hand in',
      purpose: 'A pause before revision shows what is missing.',
      tasks: [
        task('revise', 'Revise aloud', 90, { criterion_ids: ['_4'], depends_on: ['write'] }),
        task('hand-in', 'Lay out and hand in', 30, {
          requirement_ids: ['format-1', 'format-2', 'submission-1'],
          depends_on: ['revise'],
        }),
      ],
    },
  ],
  risks: [
    {
      risk: 'The cities you choose have few sources in the library.',
      impact: 'You start over when time is short.',
      mitigation: 'Search for both pairs before you decide.',
    },
    {
      risk: 'The comparison turns into separate portraits.',
      impact: 'The argument is hard to see.',
      mitigation: 'Order your notes by question, not by city.',
    },
  ],
  failure_modes: [
    'Describing each city in turn without comparing them.',
    'Deciding on a position after writing.',
  ],
  success: 'The work compares the cities and defends a position with evidence.',
}
