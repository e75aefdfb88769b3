import { describe, expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from '../distill/index.ts'
import { draftOffline } from './draft-offline.ts'
import { momentOf } from './moment-in-text.ts'

const TALK = [
  'In groups of three you give a talk of 15 minutes on one experiment.',
  'Sign up for a group by Monday, December 7. Whoever has no group after that is put into one by us.',
  '### When\n\nThe presentations take place on **Thursday, December 17, 14:00–17:00, Room 1.02**.',
].join('\n\n')

const OF_SHEET = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'
const NEW_YORK = 'America/New_York'
const SPRING = bareContext({}, NEW_YORK)

function planOf(text: string, due = '2026-12-21T22:59:59Z', zone = 'Europe/Berlin') {
  const context = bareContext({ title: 'Group presentation', due_at: due, group: true }, zone)
  const distilled = distillOffline({ context, documents: [bareDocument(text)] })
  return draftOffline({ context, distilled, now: '2026-11-29T10:00:00Z', rejection_reason: null }).plan
}

const endOf = (plan: ReturnType<typeof planOf>): string => plan.milestones.at(-1)?.due_strategy ?? ''

describe('a date for handing in that the text sets before that of Canvas', () => {
  test.each([
    ['Slides and handout have to be in Canvas by Monday, December 14 at 18:00.', 'Fri 11 Dec'],
    ['The report is due on Monday, December 14, 11:59 pm.', 'Sat 12 Dec'],
    ['Upload the data by December 7. Upload the report by December 14.', 'Sat 12 Dec'],
    ['Hand in your essay by 6:00 pm on Friday, December 11.', 'Wed 9 Dec'],
  ])('ends the plan before it: %s', (text, day) => {
    const plan = planOf(text)
    expect(endOf(plan)).toMatch(new RegExp(`^By ${day}, .* before “.*December`, 'u'))
    expect(JSON.stringify(plan.risks)).toContain('works towards the date of the text')
  })

  test.each([
    ['a later date', 'The report is due on Wednesday, December 23.'],
    ['a date that has passed', 'The report is due on Friday, November 27.'],
    [
      'a date beside that of Canvas',
      'The data are due on Monday, December 7. The report is due on Monday, December 21.',
    ],
    ['a date of a stage', 'Hand in an outline by Monday, December 7.'],
    ['a date to ask by', 'If you need more time, write to me before December 10.'],
  ])('leaves the date of Canvas for %s', (_, text) => {
    expect(endOf(planOf(text))).toMatch(/^By Sat 19 Dec, 20:00 .* 2 days before the deadline/u)
  })

  test.each([
    ['2026-03-08', 'Sunday, March 8 at 11:59 pm', '2026-03-08T23:59'],
    ['2026-11-01', 'Sunday, November 1, 11:59 pm', '2026-11-01T23:59'],
    ['2026-12-07', 'Monday, December 7 at 24:00', '2026-12-08T00:00'],
    ['2026-12-07', 'December 7 from 9:00 to 17:00', '2026-12-07T23:59'],
  ])('has the hour that the clock shows, on %s: %s', (iso_date, said, moment) => {
    const text = /^(?:\w+, )?\w+ \d+/u.exec(said)?.[0] ?? ''
    const quote = `Due ${said}`
    const evidence = {
      document_id: OF_SHEET,
      quote,
      start: 0,
      end: quote.length,
      page: null,
      match: 'exact',
    } as const
    const date = { text, iso_date, agrees_with_canvas: null, evidence }
    const [written] = distillOffline({
      context: SPRING,
      documents: [bareDocument('Write an essay.')],
    }).requirements
    const about = written === undefined ? null : { ...written, statement: quote }
    const at = momentOf({ date, about, asks: false }, { course: NEW_YORK, student: NEW_YORK })
    expect(at.toFormat("yyyy-MM-dd'T'HH:mm")).toBe(moment)
  })

  test('is kept by the hour beside it, on the time of the course', () => {
    const text = 'Slides have to be in Canvas by Monday, December 14 at 09:00.'
    expect(endOf(planOf(text))).toContain('By Fri 11 Dec, 20:00')
  })
})

describe('the dates of a group presentation', () => {
  const plan = planOf(TALK)

  test('have the signing up in the first milestone', () => {
    expect(plan.milestones[0]?.due_strategy).toContain('by Monday, December 7')
    expect(plan.milestones[0]?.tasks.map(({ description }) => description).join('\n')).toContain(
      'Sign up for a group',
    )
  })

  test('have the day, the hours and the room of the talk among what must hold', () => {
    expect(plan.assignment_summary.hard_constraints).toContain(
      'The presentations take place on Thursday, December 17, 14:00–17:00, Room 1.02.',
    )
  })

  test('tie the day of the talk to the talk, and leave no date without a place', () => {
    const said = plan.milestones.map(({ due_strategy }) => due_strategy).join('\n')
    expect(said).not.toContain('Whoever has no group')
    expect(JSON.stringify(plan.risks)).not.toContain('could not place')
  })
})
