import { describe, expect, test } from 'vitest'

import type { NewDocument } from '../db/write/documents.ts'
import { findNothingToPlan } from './read-sources.ts'

const FILE = 'Incident report, revised edition (final).pdf'
const ADDRESS = 'https://canvas.somewhere-far-away.example.edu/courses/2102/files/7010?wrap=1&verifier=none'
const BRIEF =
  'Write a report of 900 words on the harvest. Use two sources of your own and compare what they say. Hand in one PDF.'

function document(change: Partial<NewDocument>): NewDocument {
  return {
    document_id: 'f2d595b5-db06-4153-b435-7372e8a9a7ff',
    kind: 'description',
    name: 'Assignment description',
    status: 'read',
    text: '',
    pages: [],
    sha256: '',
    bytes_sha256: null,
    parser: null,
    code: null,
    message: null,
    warnings: [],
    ...change,
  }
}

const locked = document({
  kind: 'attachment',
  name: FILE,
  status: 'refused',
  code: 'ENCRYPTED',
  message: `“${FILE}” is password-protected.`,
})

describe('what is left to plan from', () => {
  test.each([
    ['"See attached." with a link', `See attached.\n\n${FILE} (${ADDRESS})`],
    ['a link alone', `${FILE} (${ADDRESS})`],
    ['no text', ''],
  ])('is nothing when the only file cannot be read and beside it stands %s', (_what, text) => {
    const failure = findNothingToPlan([document({ text }), locked])
    expect(failure?.code).toBe('ENCRYPTED')
    expect(failure?.message).toBe(`“${FILE}” is password-protected. Nothing else says what is asked.`)
  })

  test('is the description when it tells the task itself, also beside a file that cannot be read', () => {
    expect(findNothingToPlan([document({ text: `${BRIEF} ${ADDRESS}` }), locked])).toBeNull()
  })

  test('is one file when only the other cannot be read', () => {
    const read = document({ kind: 'attachment', name: 'Brief.pdf', text: BRIEF })
    expect(findNothingToPlan([document({ text: 'See attached.' }), read, locked])).toBeNull()
  })

  test('is the shortest description as long as no file is lost', () => {
    expect(findNothingToPlan([document({ text: 'Read chapter 4.' })])).toBeNull()
  })

  test('is nothing without description and attachment, whatever syllabus and Canvas say', () => {
    const syllabus = document({ kind: 'syllabus', text: BRIEF })
    expect(findNothingToPlan([document({ text: ' \n' }), syllabus])?.code).toBe('NO_TEXT')
    expect(findNothingToPlan([syllabus])?.code).toBe('NO_TEXT')
  })

  test('is nothing, with NO_TEXT, when the file was refused for a reason that is no run error', () => {
    const scan = { ...locked, code: 'SCANNED', message: null }
    expect(findNothingToPlan([scan])?.code).toBe('NO_TEXT')
  })
})
