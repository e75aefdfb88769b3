import { expect, test } from 'vitest'

import { nameInstructor } from './name-instructor.ts'

test.each([
  ['Write to me before the deadline', 'Write to your instructor before the deadline'],
  ['I stop reading at 2,200 words', 'Write at most 2,200 words: your instructor stops reading there'],
  ['If you are ill, tell us before 13:00', 'If you are ill, tell your instructor before 13:00'],
  ['Ask me by email before Thursday', 'Ask your instructor by email before Thursday'],
  ['Slides to me by noon', 'Slides to your instructor by noon'],
  ['Put the signed form into my mailbox', "Put the signed form into your instructor's mailbox"],
  ['Use the password I give out in lecture', 'Use the password your instructor gives out in lecture'],
  ['I do not accept late work', 'Your instructor does not accept late work'],
  ['A talk of 15 minutes (we stop you at 16)', 'A talk of 15 minutes (your instructor stops you at 16)'],
  [
    'Hand in by Monday, because we print the handouts',
    'Hand in by Monday, because your instructor prints the handouts',
  ],
])('speaks to the reader: %s', (said, told) => {
  expect(nameInstructor(said)).toBe(told)
})

test.each([
  'Tell us what you saw at the exhibition',
  'Write one paragraph that begins “I was asked to write to me”',
  'Discuss the causes of World War I using two sources',
  'Avoid a Type I error',
  'Explain how we know that light is a wave',
  'Say what the poem means to us today',
  'Use the first person: "I think" is fine',
  'Write about the people around us',
  'Discuss what this source can tell us',
  'Explain why we expect it to be cold',
  'Plot V against I and determine R',
  'Use V = IR, where I is the current',
  'Explain why world war I began',
  'Give the moment of inertia I of the rod',
  'Let us assume that the gas is ideal',
])('leaves what speaks of nobody who teaches: %s', (said) => {
  expect(nameInstructor(said)).toBe(said)
})
