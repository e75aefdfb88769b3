import { describe, expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from './index.ts'

const context = bareContext({ title: 'Project', due_at: '2026-12-07T04:59:00Z' }, 'Europe/Berlin')

function saidOf(text: string) {
  const { requirements } = distillOffline({ context, documents: [bareDocument(text)] })
  return requirements.map(({ kind, modality, statement }) => [kind, modality, statement])
}

describe('how long the work takes', () => {
  test.each([
    ['It takes most teams 18 to 25 hours.', 'The work takes most teams 18 to 25 hours'],
    ['The report usually takes about 12 hours.', 'The report usually takes about 12 hours'],
    ['Plan about 10 hours for the reading.', 'Plan about 10 hours for the reading'],
  ])('is told: %s', (text, statement) => {
    expect(saidOf(text)).toContainEqual(['process', 'should', statement])
  })

  test.each(['The reaction takes 18 to 25 hours.', 'The bus takes two hours.', 'It takes courage.'])(
    'is not read from %s',
    (text) => {
      expect(saidOf(text)).toEqual([])
    },
  )
})

describe('what prevails', () => {
  test.each([
    [
      'If the brief and an announcement disagree, the later announcement wins.',
      'If the brief and an announcement disagree, the later announcement wins',
    ],
    ['Where the two differ, the PDF prevails.', 'Where the two differ, the PDF prevails'],
    ['The lab machines are the reference.', 'The lab machines are the reference'],
  ])('is told: %s', (text, statement) => {
    expect(saidOf(text)).toContainEqual(['process', 'must', statement])
  })

  test.each([
    'In the novel the text wins.',
    'The better team wins.',
    'This map is the reference for Hamburg.',
  ])('is not read from %s', (text) => {
    expect(saidOf(text).filter(([, modality]) => modality === 'must')).toEqual([])
  })
})
