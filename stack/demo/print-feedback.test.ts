import { expect, test } from 'vitest'

import type { FeedbackJob } from '../../contract/feedback-routes.ts'
import { printFeedback } from './print-feedback.ts'

const job: FeedbackJob = {
  job_id: 'j_0123456789ab',
  workspace_id: '7a0f2a40-6d0e-4a7e-9f0e-2b6f3a1f2c11',
  job_type: 'assignment_feedback',
  status: 'completed',
  stage: 'finalize_feedback',
  progress: 100,
  target: { type: 'assignment', id: '5101' },
  result: {
    target: { type: 'assignment', id: '5101' },
    scorecard: {
      criterion_scores: [
        {
          criterion_id: '_1',
          criterion: 'Thesis',
          observation:
            'One passage uses its words, and it is a long observation that does not fit on one line of a terminal.',
          status: 'not_assessed',
        },
        { criterion_id: '_2', criterion: 'Length', observation: 'Too short.', status: 'not_met' },
      ],
      overall_readiness: 'not_ready',
    },
    strengths: [],
    gaps: ['No passage speaks of the second city.'],
    required_fixes: ['Write 1,500 words: the text has 192 words.'],
    suggested_improvements: [],
    next_actions: ['Begin with the required fixes.'],
  },
  evidence: [],
  error: null,
  generation: 1,
  superseded: false,
  created_at: '2026-11-05T15:00:00Z',
  updated_at: '2026-11-05T15:01:00Z',
  completed_at: '2026-11-05T15:01:00Z',
}

test('feedback is printed with what has to change first, then criterion by criterion', () => {
  const printed = printFeedback(job)
  const places = [
    'Not ready yet.',
    'What has to change',
    'What is missing',
    'What to do next',
    'Criterion by criterion',
  ]
  expect(places.map((words) => printed.indexOf(words)).toSorted((a, b) => a - b)).toEqual(
    places.map((words) => printed.indexOf(words)),
  )
  expect(printed).toMatch(/• Thesis: for people to judge\n {6}One passage/)
  expect(printed).toMatch(/• Length: not met\n {6}Too short\./)
})

test('a part without a line is left out, and no line is longer than a terminal', () => {
  const printed = printFeedback(job)
  expect(printed).not.toMatch(/What works|What could be clearer/)
  expect(printed.split('\n').every((line) => line.length <= 100)).toBe(true)
})

test('a job without a result says why', () => {
  const error = {
    code: 'POLICY_FORBIDS_AI',
    message: 'The course does not allow it.',
    stage: null,
    retryable: false,
  } as const
  expect(printFeedback({ ...job, result: null, error })).toMatch(/The course does not allow it\./)
  expect(printFeedback({ ...job, result: null })).toMatch(/not there yet/)
})
