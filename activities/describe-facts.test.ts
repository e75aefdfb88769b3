import { describe, expect, test } from 'vitest'

import type { CanvasContext } from '../contract/canvas-context.ts'
import { describeFacts, describeRubric } from './describe-facts.ts'

const assignment: CanvasContext['assignment'] = {
  id: '5',
  title: 'Essay',
  description_html: null,
  due_at: '2026-12-08T04:59:59Z',
  lock_at: null,
  unlock_at: '2026-11-20T05:00:00Z',
  points_possible: 100,
  grading_type: 'points',
  submission_types: ['online_upload'],
  allowed_extensions: ['pdf', 'docx'],
  allowed_attempts: null,
  group: true,
  peer_reviews: false,
  locked: false,
  lock_explanation: null,
  html_url: '',
  updated_at: null,
  checkpoints: [{ tag: 'reply_to_topic', due_at: '2026-12-01T04:59:59Z', points: 5 }],
  discussion_message_html: null,
  quiz: false,
  annotatable_file_id: null,
  attachments: [],
}
const course: CanvasContext['course'] = {
  id: '2',
  name: 'History',
  code: null,
  time_zone: 'Europe/Berlin',
  syllabus_html: null,
  user_time_zone: null,
}
const rating = { description: 'Full', long_description: 'All of it', points: 20 }
const context: CanvasContext = {
  assignment,
  course,
  rubric: {
    title: 'Essay',
    points_possible: 20,
    hide_points: false,
    used_for_grading: true,
    criteria: [
      { id: '_1', description: 'Thesis', long_description: 'Names a cause', points: 20, ratings: [rating] },
    ],
  },
}

describe('describeFacts()', () => {
  test('writes each fact Canvas has as a line with its raw value, and leaves out what is not set', () => {
    expect(describeFacts(context).split('\n')).toEqual([
      'Title: Essay',
      'Course: History',
      'Due: 2026-12-08T04:59:59Z',
      'Available from: 2026-11-20T05:00:00Z',
      'Due (reply_to_topic): 2026-12-01T04:59:59Z',
      'Points: 100',
      'Grading: points',
      'Submission types: online_upload',
      'Accepted file types: pdf, docx',
      'Group work: yes',
    ])
  })
})

describe('describeRubric()', () => {
  test('writes a criterion with its points on one line and its ratings below', () => {
    expect(describeRubric(context)).toBe('Thesis (20 points)\nNames a cause\n- 20: Full. All of it')
  })
  test('is empty when there is no rubric', () => {
    expect(describeRubric({ ...context, rubric: null })).toBe('')
  })
})
