import { describe, expect, test } from 'vitest'

import { readArguments } from './arguments.ts'
import { describeModel } from './describe-model.ts'
import { printPlan } from './print-plan.ts'
import { wrapText } from './wrap-text.ts'

const document_id = '7a0f2a40-6d0e-4a7e-9f0e-2b6f3a1f2c11'
const plan = {
  assignment_summary: {
    title: 'Essay on the canal',
    objective: 'Argue a case.',
    success_definition: 'It is argued.',
    hard_constraints: ['Write 1,500–2,000 words'],
    grading_signals: ['Thesis: 10 points'],
  },
  milestones: [
    {
      id: 'start',
      title: 'Get started',
      purpose: 'Know what is asked.',
      acceptance_criteria: [],
      due_strategy: 'By Friday.',
      order: 1,
      tasks: [
        {
          id: 'read',
          title: 'Read the brief',
          description: 'Read it.',
          deliverable: '',
          done_definition: 'Read.',
          estimated_effort: '20m',
          depends_on: [],
        },
        {
          id: 'list',
          title: 'List sources',
          description: 'List them.',
          deliverable: 'A list',
          done_definition: 'Listed.',
          estimated_effort: '1h',
          depends_on: ['read'],
        },
      ],
    },
  ],
  risks: [{ risk: 'Sources are slow', impact: 'Late', mitigation: 'Order early' }],
  submission_strategy: {
    final_checklist: ['PDF'],
    quality_bar: 'Clear',
    common_failure_modes: ['No thesis'],
  },
}
const evidence = {
  items: [
    {
      pointer: '/assignment_summary/hard_constraints/0',
      document_id,
      quote: '1,500–2,000 words',
      start: 3,
      end: 20,
      page: 2,
      match: 'exact' as const,
    },
    {
      pointer: '/assignment_summary/hard_constraints/0',
      document_id,
      quote: 'words',
      start: 15,
      end: 20,
      page: 2,
      match: 'exact' as const,
    },
  ],
  documents: [{ document_id, kind: 'attachment' as const, name: 'Brief.pdf', sha256: 'a'.repeat(64) }],
  findings: [],
}

describe('printPlan()', () => {
  const text = printPlan(plan, evidence)
  test('puts under each hard constraint the quote it rests on, with document and page', () => {
    expect(text).toContain('Write 1,500–2,000 words')
    expect(text).toContain('“1,500–2,000 words” — Brief.pdf, page 2')
  })
  test('leaves out a quote that another one contains', () => {
    expect(text).not.toContain('“words”')
  })
  test('numbers tasks and names what they wait for by those numbers', () => {
    expect(text).toContain('1.2  List sources (1h, after 1.1)')
  })
  test('leaves nothing of the plan out', () => {
    for (const part of [
      'Argue a case.',
      'Thesis: 10 points',
      'By Friday.',
      'Sources are slow',
      '☐ PDF',
      'Clear',
      'No thesis',
    ]) {
      expect(text).toContain(part)
    }
  })
})

test('wrapText() keeps every word, within 100 characters a line', () => {
  const words = Array.from({ length: 120 }, (_, index) => `word${index}`)
  const lines = wrapText(words.join(' '), 4, '• ').split('\n')
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(100)
  expect(lines.join(' ').match(/word\d+/g)).toEqual(words)
})

describe('readArguments()', () => {
  test('plans the essay and stays up unless told otherwise', () => {
    expect(readArguments([])).toEqual({
      exit: false,
      feedback: [],
      course_id: '2101',
      assignment_id: '5101',
    })
    const more = ['--exit', '--assignment', '2102/5102', '--feedback', 'a.md', '--feedback', 'b.docx']
    expect(readArguments(more)).toEqual({
      exit: true,
      feedback: ['a.md', 'b.docx'],
      course_id: '2102',
      assignment_id: '5102',
    })
  })
  test.each([['--assignment', '2101'], ['--assignment', 'a/b'], ['--assignment', '1/2/3'], ['--nope']])(
    'refuses %s %s with the usage',
    (...argv) => {
      expect(() => readArguments(argv)).toThrow(/usage: npm run demo/)
    },
  )
})

test('describeModel() says who makes the plan', () => {
  expect(describeModel({})).toBe('planning by rules: no LLM_PROVIDER is set')
  const env = { LLM_PROVIDER: 'openai', LLM_MODEL: 'a', LLM_MODEL_JUDGE: 'b', LLM_API_KEY: 'secret' }
  expect(describeModel(env)).toBe('planning with openai: a, b')
})
