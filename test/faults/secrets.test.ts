import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { expectOnePlan, failureOf, runIdOf } from './history.ts'
import {
  forbiddingCourse,
  FORBIDDEN,
  inventKey,
  OPEN,
  plantedCourse,
  SEALED,
  STUDENT,
  WORDS,
} from './planted.ts'
import { exportRun, findColumns } from './transcripts.ts'

// Four of them are the start of the masterplan's own run.
const MOST_EVENTS = 50

const key = inventKey()
const revokedKey = inventKey()
const refusedKey = inventKey()

let rig: Rig
let student: Student
let disconnected: Student
/** Everything Temporal keeps, by run. */
const histories = new Map<string, { events: number; text: string }>()
/** Everything the API has answered and streamed to the students. */
let answers = ''

async function listen(of: Student, assignment: string): Promise<string> {
  const events = await of.finished(assignment)
  const paths = ['', '/plan', '/plan/evidence']
  const replies = await Promise.all(paths.map((path) => of.call('GET', `/assignments/${assignment}${path}`)))
  return JSON.stringify([events, replies.map(({ body, headers }) => [body, [...headers]])])
}

beforeAll(async () => {
  const tokens = new Map([key, revokedKey].map((token) => [token, STUDENT]))
  rig = await startRig({
    env: { LOG_LEVEL: 'trace' },
    canvas: { tokens, courses: [plantedCourse, forbiddingCourse] },
  })
  student = await rig.student(key)
  disconnected = await rig.student(revokedKey)
  rig.canvas.faults.add({ kind: 'revoked-token', token: revokedKey, path: '/files/*/download' })
  const runs = [
    ...[OPEN, SEALED, FORBIDDEN].map((assignment) => [student, assignment] as const),
    [disconnected, OPEN] as const,
  ]
  for (const [of, assignment] of runs) await of.start(assignment)
  for (const [of, assignment] of runs) {
    answers += await listen(of, assignment)
    const name = of === student ? assignment : 'disconnected'
    histories.set(name, await exportRun(rig.temporal, runIdOf(of, assignment)))
  }
  rig.canvas.faults.add({ kind: 'network-down', path: '/api/v1/users/self' })
  const down = await disconnected.connectCanvas(rig.canvas.origin, key)
  rig.canvas.faults.clear()
  const refused = await disconnected.connectCanvas(rig.canvas.origin, refusedKey)
  const elsewhere = await disconnected.connectCanvas('https://canvas.example.edu:8443/login', refusedKey)
  answers += JSON.stringify([down.body, refused.body, elsewhere.body])
})

afterAll(() => rig[Symbol.asyncDispose]())

function history(name: string): string {
  const text = histories.get(name)?.text
  if (text === undefined) throw new Error(`no history of ${name}`)
  return text
}

const allHistories = (): string => [...histories.values()].map(({ text }) => text).join('\n')

/** Whatever a key may look like once somebody has encoded it. */
function spellings(secret: string): string[] {
  const letters = secret.slice(secret.indexOf('~') + 1)
  const bytes = Buffer.from(secret, 'utf8')
  return [letters, bytes.toString('base64').slice(0, -4), bytes.toString('hex'), encodeURIComponent(secret)]
}

describe('the runs these tests look into', () => {
  test('are a plan, a file under a password, a policy that forbids AI, and a key revoked on the way', async () => {
    expectOnePlan(await student.finished(OPEN))
    const failures = [
      await failureOf(student, SEALED),
      await failureOf(student, FORBIDDEN),
      await failureOf(disconnected, OPEN),
    ]
    expect(failures.map(({ code }) => code)).toEqual([
      'ENCRYPTED',
      'POLICY_FORBIDS_AI',
      'CANVAS_KEY_REJECTED',
    ])
    expect(failures[0]?.message).toContain(WORDS.file)
    expect(failures[1]?.message).toContain(WORDS.policy)
  })

  test('are told by each of the four places that are searched', async () => {
    const parked = (await student.snapshot(SEALED)).job_id
    for (const place of [await rig.logs(), answers, history(SEALED)]) expect(place).toContain(parked)
    expect(await findColumns(rig.db, parked)).toContain('processing_jobs.job_id')
    expect(await rig.logs()).toContain('"level":"debug"')
  })
})

describe.each([
  ['of a student', key],
  ['that Canvas revoked', revokedKey],
  ['that Canvas never knew', refusedKey],
])('a Canvas key %s', (_whose, secret) => {
  test('is in no log, no answer, no event, no Temporal history and no column, however it is spelled', async () => {
    const logs = await rig.logs()
    for (const spelling of spellings(secret)) {
      for (const place of [logs, answers, allHistories()]) expect(place).not.toContain(spelling)
      expect(await findColumns(rig.db, spelling)).toEqual([])
    }
  })
})

// The only columns in which words of an assignment may stand.
const TEXT_OF_THE_ASSIGNMENT = [
  'artefacts.body',
  'documents.name',
  'documents.text',
  'documents.warnings',
  'events.body',
]
// A masterplan is the plan again, row by row.
const PLAN_AS_ROWS = [
  'masterplans.project_name',
  'masterplans.description',
  'masterplans.slug',
  'masterplan_milestones.name',
  'masterplan_milestones.description',
  'masterplan_tasks.name',
  'masterplan_tasks.description',
  'masterplan_tasks.slug',
  'masterplan_tasks.deliverable',
  'masterplan_tasks.target_files',
  'masterplan_tasks.validation',
]
const REASONS = ['assignment_workspaces.last_error', 'assignment_workspaces.message', 'processing_jobs.error']

describe('a word of the assignment', () => {
  test.each(Object.entries(WORDS))('of its %s (%s) is in no Temporal history', (_where, word) => {
    expect(allHistories().toLowerCase()).not.toContain(word.toLowerCase())
  })

  test.each(Object.entries(WORDS))('of its %s (%s) is in no log', async (_where, word) => {
    expect((await rig.logs()).toLowerCase()).not.toContain(word.toLowerCase())
  })

  test.each(['description', 'title', 'file', 'policy'] as const)(
    'of its %s is stored in the columns for documents, artefacts, masterplans, events and reasons only',
    async (where) => {
      const columns = await findColumns(rig.db, WORDS[where])
      expect(columns).toContain('artefacts.body')
      expect([...TEXT_OF_THE_ASSIGNMENT, ...PLAN_AS_ROWS, ...REASONS]).toEqual(
        expect.arrayContaining(columns),
      )
    },
  )

  test('that is the name of the student is stored nowhere', async () => {
    expect(await findColumns(rig.db, WORDS.student)).toEqual([])
    expect(answers.toLowerCase()).not.toContain(WORDS.student.toLowerCase())
  })
})

describe('the exported history of a run that went well', () => {
  test(`has at most ${MOST_EVENTS} events`, () => {
    const { events = Number.POSITIVE_INFINITY } = histories.get(OPEN) ?? {}
    process.stdout.write(`a run that went well has ${events} events in its history\n`)
    expect(events).toBeLessThanOrEqual(MOST_EVENTS)
  })
})

describe('the exported history of a parked run', () => {
  test.each([
    [SEALED, 'ENCRYPTED'],
    [FORBIDDEN, 'POLICY_FORBIDS_AI'],
    ['disconnected', 'CANVAS_KEY_REJECTED'],
  ])('says by its code alone why (%s: %s)', (name, code) => {
    expect(history(name)).toContain(code)
    expect(history(name)).not.toContain('.pdf')
    expect(history(name)).not.toContain('“')
  })
})
