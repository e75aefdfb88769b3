import { expect, test } from 'vitest'

import { explainRefusal } from '../../../documents/explain-refusal.ts'
import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from './index.ts'

const context = bareContext({ title: 'Memo' }, 'UTC')
const documents = [bareDocument('Write a memo of 1,000 words. The production report is attached.')]

test('a file that wants a password is named, and what to do about it', () => {
  const unread = [explainRefusal('Incident report.pdf', 'ENCRYPTED')]
  const { open_questions } = distillOffline({ context, documents, unread })
  expect(open_questions).toEqual([
    'What does a file that could not be read ask for? “Incident report.pdf” is password-protected. Ask your instructor for an open copy, or save one without the password and upload it.',
  ])
})

test('a file that was never there is asked for', () => {
  expect(distillOffline({ context, documents }).open_questions).toEqual([
    'The text says “is attached”, but no attachment could be read. Where is it?',
  ])
})
