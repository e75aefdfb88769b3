import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { Checklist } from '../../contract/checklist.ts'
import { assignmentWorkflowId } from '../../contract/ids.ts'
import { MAYA as MAYA_SEED } from '../../stack/canvas/people.ts'
import type { CourseContext, CourseSeed } from '../../stack/canvas/seed.ts'
import { Term } from '../../stack/canvas/term.ts'
import { PATIENT, startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

const ZONE = 'Europe/Berlin'
// What a title may do to a terminal, a page of Markdown or a page of HTML.
const HOSTILE_TITLE =
  'Essay \u001b[31mred\u001b[0m \u202eesrever\u202c **bold** [click](https://evil.example/?q=1) <img src=x onerror=alert(1)>'

const BRIEF = '<p>Write an essay of 800 words on one river. You must cite at least three sources.</p>'

/** A course of one essay, with what syllabus and sheet say of AI. */
function course(id: bigint, syllabus: string | null, more = '', name = 'Essay on a river') {
  return ({ now }: CourseContext): CourseSeed => {
    const term = new Term(now, ZONE)
    return {
      id,
      name: `Course ${id}`,
      code: 'TEST 1',
      timeZone: ZONE,
      syllabus,
      students: [MAYA_SEED.id],
      assignments: [
        {
          id: id + 3_000n,
          name,
          description: `${BRIEF}${more}`,
          dueAt: term.at(20, '18:00'),
          updatedAt: term.at(-3, '09:00'),
          points: 100,
          submissionTypes: ['online_upload'],
        },
      ],
      pages: [],
      modules: [],
    }
  }
}

const BAN = 'Generative AI tools are not permitted in this course.'
const LEAVE = 'For this essay you may use AI to brainstorm.'
const FORBIDDEN = '2301/5301'
const SILENT = '2302/5302'
const OVERRIDDEN = '2303/5303'

let rig: Rig
let student: Student

beforeAll(async () => {
  const courses = [
    course(2_301n, `<p>${BAN}</p>`, '', HOSTILE_TITLE),
    course(2_302n, null),
    course(2_303n, `<p>${BAN}</p>`, `<p>${LEAVE} Disclose it in a footnote.</p>`),
  ]
  rig = await startRig({ canvas: { courses }, env: PATIENT })
  student = await rig.student()
  for (const assignment of [FORBIDDEN, SILENT, OVERRIDDEN]) {
    await student.start(assignment)
    await student.finished(assignment)
  }
})

afterAll(() => rig[Symbol.asyncDispose]())

const path = (assignment: string, rest = ''): string => `/assignments/${assignment}${rest}`

async function checklistOf(assignment: string): Promise<Checklist> {
  const { status, body } = await student.call('GET', path(assignment, '/requirements'))
  expect(status).toBe(200)
  return Checklist.parse(body)
}

describe('a course that forbids AI', () => {
  test('gets no plan, and the reason quotes the rule and says where the checklist is', async () => {
    const { status, last_error } = await student.snapshot(FORBIDDEN)
    expect(status).toBe('failed')
    expect(last_error).toMatchObject({ code: 'POLICY_FORBIDS_AI', stage: 'draft_plan', retryable: false })
    expect(last_error?.message).toContain(`“${BAN}”`)
    expect(last_error?.message).toContain('/requirements')
    const plan = await student.call('GET', path(FORBIDDEN, '/plan'))
    expect([plan.status, plan.body.code]).toEqual([404, 'PLAN_NOT_READY'])
  })

  test('gets a checklist: what is asked, with the words of the source, and the rule that stands in the way', async () => {
    const { ai_policy, requirements, documents, generation } = await checklistOf(FORBIDDEN)
    expect(ai_policy).toMatchObject({ level: 1, quote: BAN, allows: { plan: false, feedback: false } })
    expect(documents.find(({ document_id }) => document_id === ai_policy.document_id)?.kind).toBe('syllabus')
    expect(generation).toBe(1)
    const length = requirements.find(({ statement }) => statement.includes('800 words'))
    expect(length?.quantities).toMatchObject([{ value: 800, unit: 'words' }])
    const sources = requirements.find(({ kind }) => kind === 'source')
    expect(sources?.evidence[0]?.quote).toContain('at least three sources')
    for (const { evidence } of requirements)
      for (const { document_id } of evidence)
        expect(documents.map((document) => document.document_id)).toContain(document_id)
  })

  test('answers the checklist with an ETag, and 304 to who has it', async () => {
    const { headers } = await student.call('GET', path(FORBIDDEN, '/requirements'))
    const again = await student.call('GET', path(FORBIDDEN, '/requirements'), {
      headers: { 'if-none-match': headers.get('etag') ?? '', 'cache-control': 'max-age=0' },
    })
    expect(again.status).toBe(304)
  })

  test('shows in Temporal Web UI a code and no word of the assignment, whatever its title holds', async () => {
    const [course_id = '', assignment_id = ''] = FORBIDDEN.split('/')
    const id = assignmentWorkflowId({ user_id: student.user_id, course_id, assignment_id })
    const metadata = await rig.temporal.workflow.getHandle(id).query('__temporal_workflow_metadata')
    const shown = JSON.stringify(metadata)
    expect(shown).toContain('POLICY_FORBIDS_AI')
    expect(shown).not.toMatch(/evil|onerror|esrever|u001b|u202e|permitted in this course/i)
  })
})

describe('a course that says nothing about AI', () => {
  test('gets a plan that says so and tells the student to ask', async () => {
    const { body } = await student.call('GET', path(SILENT, '/plan'))
    const risks = JSON.stringify(body.risks)
    expect(risks).toMatch(/Nothing is said about AI/)
    expect(risks).toMatch(/Ask your instructor/)
  })

  test('says so in the checklist, which is there beside the plan', async () => {
    const { ai_policy } = await checklistOf(SILENT)
    expect(ai_policy).toMatchObject({ level: null, quote: null, document_id: null })
    expect(ai_policy.allows).toEqual({ plan: true, feedback: true })
    expect(ai_policy.label).toContain('ask your instructor')
  })
})

describe('an assignment that allows more than its course', () => {
  test('gets a plan that quotes its own rule and the duty that comes with it', async () => {
    const { body } = await student.call('GET', path(OVERRIDDEN, '/plan'))
    expect(JSON.stringify(body.risks)).toContain(LEAVE)
    const { ai_policy, requirements } = await checklistOf(OVERRIDDEN)
    expect(ai_policy).toMatchObject({ level: 2, quote: LEAVE, allows: { plan: true, feedback: false } })
    const duty = requirements.find(({ evidence }) => evidence.some(({ quote }) => quote.includes('footnote')))
    expect(duty?.kind).toBe('policy')
  })
})

describe('courses that list what AI may do', () => {
  const HISTORY = '2101/5105'
  const PHYSICS = '2103/5103'

  beforeAll(async () => {
    for (const assignment of [HISTORY, PHYSICS]) {
      await student.start(assignment)
      await student.finished(assignment)
    }
  })

  test('allow feedback where they name it, and the quote tells what is forbidden too', async () => {
    const { ai_policy } = await checklistOf(HISTORY)
    expect(ai_policy).toMatchObject({ level: 4, allows: { plan: true, feedback: true } })
    expect(ai_policy.quote).toMatch(
      /get feedback on a text you have written yourself.*may not use them to draft/s,
    )
  })

  test('do not allow it where it is not listed, and a job for it fails with the words of the course', async () => {
    const { ai_policy } = await checklistOf(PHYSICS)
    expect(ai_policy).toMatchObject({ level: 4, allows: { plan: true, feedback: false } })
    expect(ai_policy.quote).toMatch(/check grammar.*must be your own/s)
    const { body } = await student.sendWork(PHYSICS, 'The current fell at 4.9 V.')
    const job = await student.feedback(PHYSICS, body.job_id)
    expect(job.error?.code).toBe('POLICY_FORBIDS_AI')
    expect(job.error?.message).toContain('Analysis, figures and the text of the discussion must be your own')
  })
})

describe('a checklist that is not there', () => {
  test('is 404 before the first start, and for everybody but its owner', async () => {
    const never = await student.call('GET', path('2101/5101', '/requirements'))
    expect([never.status, never.body.code]).toEqual([404, 'NOT_FOUND'])
    const stranger = await rig.student()
    const other = await stranger.call('GET', path(FORBIDDEN, '/requirements'))
    expect([other.status, other.body.code]).toEqual([404, 'NOT_FOUND'])
  })

  test('is 404 PLAN_NOT_READY where the run failed before, and says what to do', async () => {
    await student.start('2101/5112')
    await student.finished('2101/5112')
    const { status, body } = await student.call('GET', path('2101/5112', '/requirements'))
    expect([status, body.code, body.current_state]).toEqual([404, 'PLAN_NOT_READY', 'failed'])
    expect(body.detail).toMatch(/last_error.*retry the stage or reprocess/)
  })

  test('is gone with a reprocess until what is asked has been read again', async () => {
    await rig.stopWorker()
    await student.start(SILENT, '?reprocess=true')
    const { status, body } = await student.call('GET', path(SILENT, '/requirements'))
    expect([status, body.code, body.current_state]).toEqual([404, 'PLAN_NOT_READY', 'running'])
    await rig.startWorker()
    await student.finished(SILENT)
    expect((await checklistOf(SILENT)).generation).toBe(2)
  })
})
