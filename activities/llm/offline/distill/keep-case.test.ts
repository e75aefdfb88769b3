import { describe, expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from './index.ts'

const context = bareContext({ title: 'Report', due_at: '2026-12-07T04:59:00Z' }, 'Europe/Berlin')

function requirementsOf(text: string) {
  return distillOffline({ context, documents: [bareDocument(text)] }).requirements
}

const saidOf = (text: string) => requirementsOf(text).map(({ modality, statement }) => [modality, statement])
const statementsOf = (text: string) => requirementsOf(text).map(({ statement }) => statement)

describe('a rule that holds for a case', () => {
  test('stays a permission under its case, and is no order', () => {
    const text =
      'Late reports lose 8 points per day. If the weather makes the second visit impossible, write to me before the deadline; you may then hand in with one visit and lose nothing.'
    expect(saidOf(text)).toContainEqual([
      'may',
      'If the weather makes the second visit impossible, you may then hand in with one visit and lose nothing',
    ])
  })

  test.each([
    ['Illness on the day: tell us before 13:00.', 'Illness on the day: tell your instructor before 13:00'],
    [
      'Bad weather: the trip moves to Friday, and you hand in the sheet on Monday.',
      'Bad weather: you hand in the sheet on Monday',
    ],
    ['- No laptop: borrow one from the library.', 'No laptop: borrow one from the library'],
    [
      '- Lost data: write to the technician before Friday.',
      'Lost data: write to the technician before Friday',
    ],
    [
      'Technical difficulties: send a photo of the screen to the office.',
      'Technical difficulties: send a photo of the screen to the office',
    ],
  ])('keeps the label that names the case: %s', (text, statement) => {
    expect(statementsOf(`# Rules\n\n${text}`)).toEqual([statement])
  })

  test('says the label once where a clause begins with it', () => {
    expect(statementsOf('# Rules\n\n- Illness: tell us before noon.')).toEqual([
      'Illness: tell your instructor before noon',
    ])
  })

  test('takes a topic for no case', () => {
    const said = statementsOf('# Part B\n\n- Heat transfer: explain the law and derive the equation.').join(
      '\n',
    )
    expect(said).not.toContain('Heat transfer: Heat transfer')
    expect(said).not.toContain('Heat transfer: derive')
  })

  test('takes a label that names no case for a title', () => {
    expect(statementsOf('# Rules\n\nFile name: use your number.')).not.toContain('File name: use your number')
  })

  test('tells what is lost with the case in which it is', () => {
    const text =
      'The sheet counts 6 points. Students who come late repeat it in Week 14; the 6 points are then lost.'
    expect(statementsOf(text)).toContain(
      'Students who come late repeat it in Week 14; the 6 points are then lost',
    )
  })
})

describe('a clause that points back', () => {
  test('takes along what “that” is', () => {
    const text =
      'Reports are individual. Dr. Osei is away in the week before the deadline, so bring questions to the Wednesday consultation before that.'
    expect(statementsOf(text)).toContain(
      'Dr. Osei is away in the week before the deadline, so bring questions to the Wednesday consultation before that',
    )
  })

  test('takes along what papers are returned without', () => {
    const text =
      'Come to the office hour with one handwritten page. This page is not graded, but papers without it are returned unread.'
    expect(statementsOf(text)).toContain(
      'Come to the office hour with one handwritten page. Papers without it are returned unread',
    )
  })

  test('needs no more than its sentence where that says it', () => {
    expect(statementsOf('Sign the form; reports without it are not marked.')).toContain(
      'Sign the form; reports without it are not marked',
    )
  })
})

describe('the name of a file', () => {
  test.each([
    'The file name is your matriculation number',
    'The subject line begins with the course code',
    'Your file name has no spaces',
  ])('is a demand: %s', (statement) => {
    expect(statementsOf(`${statement}.`)).toEqual([statement])
  })
})

describe('end notes of a word processor', () => {
  const text = [
    '# Measurements\n\nWait 15 minutes after every change.[1] Test this, following Rapior (2006).[2]',
    '# Safety\n\nDo not open the oven.',
    '1. The oven overshoots. Read the thermometer in the block.\n2. G. Rapior, K. Sengstock, “New features”, American Journal of Physics 74, 423 (2006). On the course page under Literature.',
  ].join('\n\n')

  test('ask for what they ask in so many words, and for nothing they only tell or cite', () => {
    const said = statementsOf(text)
    expect(said).toContain('Read the thermometer in the block')
    expect(said.join('\n')).not.toMatch(/overshoots|Sengstock|course page/u)
  })

  test('are still the items of a list where nothing calls them', () => {
    const list = '# What to hand in\n\n1. A printed map\n2. A field book'
    expect(statementsOf(list).length).toBe(2)
  })
})

test('a time of Canvas is told where the student lives', () => {
  const canvas = bareDocument('Due: 2026-12-07T04:59:00Z', 'canvas')
  const [first] = distillOffline({ context, documents: [canvas] }).requirements
  expect(first?.statement).toBe('Hand in the assignment by Mon 7 Dec 2026, 05:59 (Europe/Berlin)')
})
