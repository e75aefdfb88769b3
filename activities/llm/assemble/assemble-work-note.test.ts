import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { WorkNote } from '../../../contract/job-result.ts'
import { noteOffline } from '../offline/work/note-offline.ts'
import { assembleWorkNote } from './assemble-work-note.ts'

const input = {
  description: 'Choose two papers on cholera by Friday.',
  context: ['Prepare the reading group'],
}
const good = {
  title: 'Choose the papers',
  checklist: ['Search the library for papers on cholera.', 'Choose two, and note why.'],
  questions: ['Who decides which two are read?'],
}

describe('assembleWorkNote()', () => {
  test('keeps what asks and instructs', () => {
    expect(assembleWorkNote(good, input)).toEqual({ ok: true, output: good })
  })
  test('drops what offers a wording, holds a link or reads like the work, and says so when most is dropped', () => {
    const prose =
      'Cholera spread because the companies that sold water had no reason to filter it, and the boards were paid to look away from the river for decades.'
    const bad = [prose, 'You could write: “Cholera was a choice.”', 'See https://example.org']
    const some = assembleWorkNote({ ...good, checklist: [...good.checklist, ...bad.slice(0, 1)] }, input)
    expect(some).toEqual({ ok: true, output: good })
    const most = assembleWorkNote({ ...good, checklist: bad, questions: [] }, input)
    expect(most).toMatchObject({ ok: false, issues: { length: 4 } })
  })
  test.each([
    ['no step', { ...good, checklist: [] }],
    ['no title', { ...good, title: ' ' }],
    ['a step as long as a page', { ...good, checklist: ['word '.repeat(60)], questions: [] }],
  ])('refuses an answer with %s', (_, answer) => {
    expect(assembleWorkNote(answer, input).ok).toBe(false)
  })
})

describe('noteOffline()', () => {
  test('says of a job what it asks for in its own words, and asks what it leaves open', () => {
    const { title, checklist, questions } = noteOffline({
      description: 'Collect some sources. Sort them by period.',
      context: [],
    })
    expect(title).toBe('Collect some sources.')
    expect(checklist).toHaveLength(4)
    expect(questions).toEqual([
      'What does “some” come to in “Collect some sources”?',
      'How much of it is asked for? No amount is named.',
      'Who decides that it is done, and by what will they tell?',
    ])
  })
  test('is a note that can be kept, and the same each time, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 4_096, unit: 'binary' }), (description) => {
        const note = noteOffline({ description, context: [] })
        if (description.trim() !== '') WorkNote.parse(note)
        expect(noteOffline({ description, context: [] })).toEqual(note)
      }),
    )
  })
})
