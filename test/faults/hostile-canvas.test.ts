import { DateTime } from 'luxon'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { fileLink } from '../../stack/canvas/brief.ts'
import type { AssignmentSeed, CourseWriter } from '../../stack/canvas/seed.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import { expectOnePlan } from './history.ts'

const COURSE = 9900n
const HANDOUT = 9_901n
const MAYA_ID = 3001n
const BRIEF =
  '<p>Write an essay of 1000 words about water. You must cite at least three sources and submit a PDF by Friday.</p>'

// What teachers paste: text that ended in the middle of a character, and the NUL that pads some file formats.
const NUL = '\u0000'
const HALF = '\ud800'

type Written = Partial<AssignmentSeed> & Pick<AssignmentSeed, 'id'>

function rubricOf(words: string): NonNullable<AssignmentSeed['rubric']> {
  const ratings = [{ points: 5, description: `Clear ${words}`, longDescription: `Very clear ${words}` }]
  const criterion = { id: '_1', points: 5, description: `Thesis ${words}`, longDescription: words, ratings }
  return { id: 7_001n, title: `Rubric ${words}`, usedForGrading: true, criteria: [criterion] }
}

const WRITTEN: readonly Written[] = [
  { id: 1n, name: `A title with NUL ${NUL} in it` },
  { id: 2n, name: `A title cut short ${HALF}` },
  { id: 3n, description: `${BRIEF}<p>It must have a thesis ${NUL} and a conclusion.</p>` },
  { id: 4n, description: `${BRIEF}<p>It must have a thesis ${HALF} and a conclusion.</p>` },
  { id: 5n, rubric: rubricOf(`with NUL ${NUL} and half ${HALF} a character`) },
  {
    id: 6n,
    name: '😀'.repeat(3_000),
    description: `<p>You must submit a${'😀'.repeat(3_000)} by Friday.</p>`,
  },
]

const hostile: CourseWriter = ({ now, origin }) => {
  const at = DateTime.fromJSDate(now)
  return {
    id: COURSE,
    name: `Water ${NUL}${HALF}`,
    code: `W1${NUL}`,
    timeZone: 'Europe/Berlin',
    syllabus: `<p>Be kind ${NUL}${HALF}. AI help for planning is allowed.</p>`,
    students: [MAYA_ID],
    pages: [],
    modules: [],
    assignments: [
      ...WRITTEN.map((written) => ({
        name: 'Essay on water',
        description: BRIEF,
        dueAt: at.plus({ days: 10 }),
        updatedAt: at,
        points: 10,
        submissionTypes: ['online_text_entry'],
        ...written,
      })),
      {
        id: 9n,
        name: 'Essay with a handout',
        description: `${BRIEF}<p>${fileLink(origin, COURSE, HANDOUT, `hand${NUL}out.pdf`)}</p>`,
        dueAt: at.plus({ days: 10 }),
        updatedAt: at,
        points: 10,
        submissionTypes: ['online_upload'],
        files: [
          {
            id: HANDOUT,
            source: 'stream-survey.pdf',
            // No address can carry half a character, so no file has one in its name.
            displayName: `hand${NUL}out.pdf`,
            contentType: 'application/pdf',
            updatedAt: at,
          },
        ],
      },
    ],
  }
}

let rig: Rig
beforeAll(async () => {
  rig = await startRig({ canvas: { courses: [hostile] } })
})
afterAll(() => rig[Symbol.asyncDispose]())

describe.concurrent('characters that no database takes', () => {
  test.each([...WRITTEN.map(({ id }) => id), 9n])('do not stop the plan of assignment %i', async (id) => {
    const assignment = `${COURSE}/${id}`
    const student = await rig.student()
    await student.start(assignment)
    expectOnePlan(await student.finished(assignment))
    for (const path of ['/plan', '/plan/evidence']) {
      const { status, body } = await student.call('GET', `/assignments/${assignment}${path}`)
      expect(status).toBe(200)
      expect(JSON.stringify(body)).not.toMatch(/\\u(0000|d[89a-f])/)
    }
  })

  test('are left out of the name of a handout', async () => {
    const student = await rig.student()
    await student.start(`${COURSE}/9`)
    await student.finished(`${COURSE}/9`)
    const documents = await rig.db.read
      .selectFrom('documents')
      .select(['name', 'status'])
      .where('workspace_id', '=', (await student.snapshot(`${COURSE}/9`)).workspace_id)
      .where('kind', '=', 'attachment')
      .execute()
    expect(documents).toEqual([{ name: 'handout.pdf', status: 'read' }])
  })
})
