import { describe, expect, test } from 'vitest'

import { isBlankHtml, refusePlanning } from './refuse-unplannable.ts'
import { CanvasAssignment } from './schemas.ts'

const assignment = (fields: Record<string, unknown>) =>
  CanvasAssignment.parse({ id: '42', name: 'Essay 2', description: '<p>Write.</p>', ...fields })

describe('refusePlanning()', () => {
  test.each([
    ['a plain assignment', {}],
    [
      'one that is locked but still shows its description',
      { locked_for_user: true, lock_info: { lock_at: '2026-01-01T00:00:00Z' } },
    ],
    ['one without a description that is not locked', { description: '' }],
    [
      'one in an external tool that is no quiz',
      { submission_types: ['external_tool'], is_quiz_lti_assignment: false },
    ],
  ])('lets %s pass', (_name, fields) => {
    expect(refusePlanning(assignment(fields), null)).toBeNull()
  })

  test.each([
    ['a classic quiz', { quiz_id: '9' }],
    ['a quiz by its flag', { is_quiz_assignment: true }],
    ['a quiz by its submission type', { submission_types: ['online_quiz'] }],
    ['a New Quiz', { is_quiz_lti_assignment: true, submission_types: ['external_tool'] }],
    ['a lockdown browser', { require_lockdown_browser: true }],
    ['a locked quiz', { quiz_id: '9', locked_for_user: true, description: '' }],
  ])('refuses %s kindly', (_name, fields) => {
    const refusal = refusePlanning(assignment(fields), null)
    expect(refusal).toMatchObject({ code: 'NOT_PLANNABLE', retryable: false })
    expect(refusal?.message).toMatch(/“Essay 2” is .*Choose a written assignment/)
  })

  test.each([
    [
      'the date it opens, in the zone of the student',
      { unlock_at: '2026-03-11T12:00:00Z', lock_info: { unlock_at: '2026-03-11T12:00:00Z' } },
      '“Essay 2” is locked until 11 March 2026, 08:00 (America/New_York). Retry this stage after that.',
    ],
    [
      'the date it was closed',
      { unlock_at: '2026-01-01T00:00:00Z', lock_info: { lock_at: '2026-03-01T04:59:00-00:00' } },
      '“Essay 2” was closed on 28 February 2026, 23:59 (America/New_York), and Canvas no longer shows its instructions. Ask your instructor to open it.',
    ],
    [
      'no date when Canvas gives none',
      { lock_explanation: '<script>upstream</script>' },
      '“Essay 2” is locked. Open it in Canvas to see what unlocks it, then retry this stage.',
    ],
    [
      'no date when it is not one',
      { unlock_at: 'soon' },
      '“Essay 2” is locked. Open it in Canvas to see what unlocks it, then retry this stage.',
    ],
  ])('says of a locked assignment %s', (_name, fields, message) => {
    const locked = assignment({ locked_for_user: true, description: '<p>&nbsp;</p>', ...fields })
    expect(refusePlanning(locked, 'America/New_York')).toMatchObject({ code: 'ASSIGNMENT_LOCKED', message })
  })

  test('tells the date in UTC when the zone is none or unknown', () => {
    const locked = assignment({ locked_for_user: true, description: null, unlock_at: '2026-03-11T12:00:00Z' })
    for (const zone of [null, 'Mars/Olympus']) {
      expect(refusePlanning(locked, zone)?.message).toContain('11 March 2026, 12:00 (UTC)')
    }
  })
})

describe('isBlankHtml()', () => {
  test.each([null, '', '  \n', '<p></p>', '<p>&nbsp;<br/></p>', '<!-- nothing -->', '<p>\u00A0</p>'])(
    'sees nothing in %j',
    (html) => {
      expect(isBlankHtml(html)).toBe(true)
    },
  )
  test.each(['x', '<p>Read.</p>', '<img src="x">', '<iframe src="x"></iframe>', '<a href="/files/1"></a>'])(
    'sees something in %j',
    (html) => {
      expect(isBlankHtml(html)).toBe(false)
    },
  )
})
