import { expect, test } from 'vitest'

import { setsEvent } from './read-event.ts'

test.each([
  'The presentations take place on Thursday, December 17, 14:00–17:00, Room 1.02',
  'The talks will be held on 3 March',
  'All demos are on Friday at 10:00',
  'The poster session is in Week 12',
  'Your oral exam takes place on 2026-12-17',
  'The public hearing starts at 6:00 pm on Monday',
])('takes the day of something one takes part in: %s', (clause) => {
  expect(setsEvent(clause)).toBe(true)
})

test.each([
  'The presentations take place in groups',
  'The talk is on epidemics in Hamburg',
  'The presentation is due in Canvas',
  'The cholera epidemic took place on 3 March',
  'Presentations are graded by two people',
  'The debate was held in 1832',
])('takes no other clause for it: %s', (clause) => {
  expect(setsEvent(clause)).toBe(false)
})
