import { describe, expect, test } from 'vitest'

import { CanvasContext } from '../contract/canvas-context.ts'
import { normaliseContext, utc } from './normalise.ts'
import { CanvasAssignment, CanvasCourse } from './schemas.ts'

const ORIGIN = 'https://canvas.school.edu'

const normalise = (assignment: Record<string, unknown>, course: Record<string, unknown> = {}) =>
  CanvasContext.parse(
    normaliseContext({
      origin: ORIGIN,
      courseId: '7',
      assignment: CanvasAssignment.parse({ id: 42, ...assignment }),
      course: CanvasCourse.parse({ id: '7', ...course }),
      userTimeZone: null,
      discussionMessage: null,
      attachments: [],
    }),
  )

describe('normaliseContext()', () => {
  test('makes a whole context of nothing but ids', () => {
    expect(normalise({})).toEqual({
      assignment: {
        id: '42',
        title: 'Assignment 42',
        description_html: null,
        due_at: null,
        lock_at: null,
        unlock_at: null,
        points_possible: null,
        grading_type: null,
        submission_types: [],
        allowed_extensions: [],
        allowed_attempts: null,
        group: false,
        peer_reviews: false,
        locked: false,
        lock_explanation: null,
        html_url: `${ORIGIN}/courses/7/assignments/42`,
        updated_at: null,
        checkpoints: [],
        discussion_message_html: null,
        quiz: false,
        annotatable_file_id: null,
        attachments: [],
      },
      rubric: null,
      course: {
        id: '7',
        name: 'Course 7',
        code: null,
        time_zone: null,
        syllabus_html: null,
        user_time_zone: null,
      },
    })
  })

  test('keeps an empty description apart from an absent one', () => {
    expect(normalise({ description: '' }).assignment.description_html).toBe('')
    expect(normalise({ description: null }).assignment.description_html).toBeNull()
  })

  test('reads what a full assignment says and drops what planning does not need', () => {
    const { assignment } = normalise({
      name: 'Essay',
      due_at: '2026-03-01T23:59:00-05:00',
      allowed_attempts: 2,
      group_category_id: 9,
      peer_reviews: true,
      html_url: `${ORIGIN}/courses/7/assignments/42#x`,
      checkpoints: [{ tag: 'reply_to_topic', due_at: '2026-03-01T00:00:00Z', points_possible: 5 }],
      submission: { user_id: '3001' },
      secure_params: 'x',
    })
    expect(assignment).toMatchObject({
      title: 'Essay',
      due_at: '2026-03-02T04:59:00Z',
      allowed_attempts: 2,
      group: true,
      peer_reviews: true,
      html_url: `${ORIGIN}/courses/7/assignments/42#x`,
      checkpoints: [{ tag: 'reply_to_topic', due_at: '2026-03-01T00:00:00Z', points: 5 }],
    })
    expect(JSON.stringify(assignment)).not.toMatch(/3001|secure_params/)
  })

  test.each([
    [-1, null],
    [0, null],
    [null, null],
    [3, 3],
  ])('reads %s allowed attempts as %s', (allowed_attempts, expected) => {
    expect(normalise({ allowed_attempts }).assignment.allowed_attempts).toBe(expected)
  })

  test.each(['javascript:alert(1)', 'https://evil.io/x', 'nonsense'])(
    'replaces the page address %s by our own',
    (html_url) => {
      expect(normalise({ html_url }).assignment.html_url).toBe(`${ORIGIN}/courses/7/assignments/42`)
    },
  )

  test('reads a rubric with gaps, and its own points beside those of the assignment', () => {
    const { rubric, assignment } = normalise({
      points_possible: 100,
      rubric_settings: { title: 'Essay rubric', hide_points: true },
      use_rubric_for_grading: true,
      rubric: [
        {
          id: '_123456_1',
          description: 'Thesis',
          points: 20,
          ratings: [{ description: 'Full', points: 20 }, { description: 'None' }],
        },
        { id: 'blank', description: null },
        {},
      ],
    })
    expect(assignment.points_possible).toBe(100)
    expect(rubric).toEqual({
      title: 'Essay rubric',
      points_possible: null,
      hide_points: true,
      used_for_grading: true,
      criteria: [
        {
          id: '_123456_1',
          description: 'Thesis',
          long_description: null,
          points: 20,
          ratings: [
            { description: 'Full', long_description: null, points: 20 },
            { description: 'None', long_description: null, points: null },
          ],
        },
        { id: 'blank', description: '', long_description: null, points: null, ratings: [] },
        { id: 'criterion-3', description: '', long_description: null, points: null, ratings: [] },
      ],
    })
  })

  test('takes an empty rubric for none', () => {
    expect(normalise({ rubric: [], rubric_settings: { title: 'x' } }).rubric).toBeNull()
  })
})

describe('utc()', () => {
  test.each([
    ['2026-03-01T23:59:00Z', '2026-03-01T23:59:00Z'],
    ['2026-03-01T23:59:00.000Z', '2026-03-01T23:59:00Z'],
    ['2026-03-01T23:59:00-07:00', '2026-03-02T06:59:00Z'],
    ['2026-03-01', '2026-03-01T00:00:00Z'],
    ['soon', null],
    ['', null],
    [null, null],
  ])('reads %s as %s', (time, expected) => {
    expect(utc(time)).toBe(expected)
  })
})
