import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { Secret } from '../config/secret.ts'
import { CanvasContext } from '../contract/canvas-context.ts'
import { RunFailure } from '../contract/run-errors.ts'
import { startSandboxCanvas, type SandboxCanvas } from '../stack/canvas/start.ts'
import { createCanvasClient, type CanvasClient } from './client.ts'
import { fetchAssignmentContext } from './context.ts'
import { createGuardedAgent } from './guard/agent.ts'

const NOW = new Date('2026-03-02T15:00:00Z')
const MAYA = 'sandbox~maya-okafor~student'

let canvas: SandboxCanvas
let agent: ReturnType<typeof createGuardedAgent>
let policy: Parameters<typeof createGuardedAgent>[0]

beforeEach(async () => {
  canvas = await startSandboxCanvas({ now: NOW })
  policy = {
    allowedHosts: [],
    devHosts: [canvas.origin, canvas.filesOrigin].map((origin) => new URL(origin).host),
  }
  agent = createGuardedAgent(policy)
})

afterEach(async () => {
  await agent.destroy()
  await canvas.stop()
})

const clientOf = (token = MAYA, signal?: AbortSignal): CanvasClient =>
  createCanvasClient({
    origin: canvas.origin,
    token: new Secret(token),
    policy,
    agent,
    contact: 'ops@school.edu',
    ...(signal === undefined ? {} : { signal }),
  })

const fetchContext = (courseId: string, assignmentId: string, token?: string) =>
  fetchAssignmentContext(clientOf(token), courseId, assignmentId)

const failing = (courseId: string, assignmentId: string, token?: string): Promise<unknown> =>
  fetchContext(courseId, assignmentId, token).then(
    () => 'no failure',
    (error: unknown) => error,
  )

describe('fetchAssignmentContext()', () => {
  test('reads an essay with rubric, attachment, syllabus and both time zones', async () => {
    const { context, warnings } = await fetchContext('2101', '5101')
    expect(CanvasContext.parse(context)).toEqual(context)
    expect(Object.keys(context)).toEqual(['assignment', 'rubric', 'course'])
    expect(context.assignment).toMatchObject({
      id: '5101',
      title: 'Essay 2: Water, Blame and Reform',
      points_possible: 100,
      submission_types: ['online_upload'],
      allowed_extensions: ['docx', 'pdf'],
      allowed_attempts: 2,
      locked: false,
      quiz: false,
      attachments: [
        {
          file_id: '7001',
          course_id: '2101',
          name: 'Reading a mortality table.pdf',
          content_type: 'application/pdf',
          size: expect.any(Number),
          url_kind: 'canvas',
        },
      ],
    })
    expect(context.assignment.due_at).toMatch(/^2026-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(context.assignment.description_html).toContain('six sources')
    expect(context.rubric).toMatchObject({ title: 'HIST 214 research essay', used_for_grading: true })
    expect(context.rubric?.criteria[0]).toMatchObject({
      id: '_4821',
      description: 'Thesis',
      points: 20,
      ratings: { length: 4 },
    })
    expect(context.course).toMatchObject({
      id: '2101',
      code: 'HIST 214',
      time_zone: 'America/New_York',
      user_time_zone: 'America/New_York',
    })
    expect(context.course.syllabus_html).toContain('AI')
    for (const warning of warnings) expect(warning).toMatch(/^[A-Z].*\.$/)
  })

  test('reads both due dates and the prompt of a discussion', async () => {
    const { context } = await fetchContext('2101', '5105')
    expect(context.assignment.checkpoints.map(({ tag }) => tag)).toEqual(['reply_to_topic', 'reply_to_entry'])
    expect(context.assignment.discussion_message_html).toBeTruthy()
  })

  test.each([
    ['2101', '5108', 'lockdown browser'],
    ['2101', '5113', 'is a quiz'],
  ])('refuses to plan %s/%s, which is a quiz, and says so', async (courseId, assignmentId, words) => {
    const failure = await failing(courseId, assignmentId)
    expect(failure).toMatchObject({ code: 'NOT_PLANNABLE' })
    expect(String(failure)).toContain(words)
  })

  test('says until when an assignment without a visible description is locked', async () => {
    const failure = await failing('2101', '5107')
    expect(failure).toMatchObject({ code: 'ASSIGNMENT_LOCKED', retryable: false })
    expect(String(failure)).toMatch(/is locked until 11 March 2026, 08:00 \(America\/New_York\)/)
  })

  test('keeps a locked file in the list and warns of it', async () => {
    const { context, warnings } = await fetchContext('2102', '5110')
    expect(context.assignment.attachments.map(({ url_kind }) => url_kind).toSorted()).toEqual([
      'canvas',
      'none',
    ])
    expect(warnings.join(' ')).toMatch(/The file “[^”]+” is locked for you/)
  })

  test('warns when the dates are too many to be listed', async () => {
    expect((await fetchContext('2102', '5102')).warnings.join(' ')).toContain('has 31 due dates')
  })

  test('goes on without profile and file when those calls fail, and says what is missing', async () => {
    canvas.faults.add({ kind: 'permission-403', path: '*/profile' }, { kind: 'not-found', path: '*/files/*' })
    const { context, warnings } = await fetchContext('2101', '5101')
    expect(context.course.user_time_zone).toBeNull()
    expect(context.assignment.attachments).toMatchObject([
      { file_id: '7001', url_kind: 'none', content_type: null },
    ])
    expect(warnings.join(' ')).toContain('“Reading a mortality table.pdf” is unpublished or gone')
  })

  test.each(['server-error', 'throttle-429', 'throttle-403', 'network-down', 'login-page'] as const)(
    'keeps a file listed for later when describing it meets %s',
    async (kind) => {
      canvas.faults.add({ kind, path: '*/files/*' })
      const { context, warnings } = await fetchContext('2101', '5101')
      expect(context.assignment.attachments).toMatchObject([
        { file_id: '7001', course_id: '2101', url_kind: 'unknown' },
      ])
      expect(warnings.join(' ')).toContain('tried again when the files are read')
    },
  )

  test('warns when a scoped key strips the syllabus', async () => {
    canvas.faults.add({ kind: 'strip-include' })
    const { context, warnings } = await fetchContext('2101', '5101')
    expect(context.course.syllabus_html).toBeNull()
    expect(warnings.join(' ')).toContain('did not send the syllabus')
  })

  test.each([
    ['server-error', 'CANVAS_UNREACHABLE', 'canvas_fault', true],
    ['network-down', 'CANVAS_UNREACHABLE', 'network', true],
    ['throttle-403', 'CANVAS_UNREACHABLE', 'throttled', true],
    ['throttle-429', 'CANVAS_UNREACHABLE', 'throttled', true],
    ['permission-403', 'CANVAS_FORBIDDEN', 'permission', false],
    ['not-found', 'CANVAS_NOT_FOUND', 'not_found', false],
    ['login-page', 'CANVAS_KEY_REJECTED', 'login_page', false],
    ['login-redirect', 'CANVAS_KEY_REJECTED', 'login_page', false],
    ['revoked-token', 'CANVAS_KEY_REJECTED', 'token_revoked', false],
    ['expired-token', 'CANVAS_KEY_REJECTED', 'token_expired', false],
  ] as const)('stops with a named failure on %s', async (fault, code, kind, retryable) => {
    canvas.faults.add({ kind: fault })
    expect(await failing('2101', '5101')).toMatchObject({ code, retryable, canvas: { kind } })
  })

  test('stops when the key is revoked between two calls', async () => {
    canvas.faults.add({ kind: 'revoked-token', path: '*/files/*' })
    expect(await failing('2101', '5101')).toMatchObject({ code: 'CANVAS_KEY_REJECTED' })
  })

  test.each([
    ['a student of no course', 'sandbox~priya-raman~not-enrolled', 'CANVAS_FORBIDDEN'],
    ['a key without the scope', 'sandbox~maya-okafor~narrow-scopes', 'CANVAS_FORBIDDEN'],
    ['an unknown key', '7236~unknown', 'CANVAS_KEY_REJECTED'],
  ])('stops for %s', async (_name, token, code) => {
    expect(await failing('2101', '5101', token)).toMatchObject({ code })
  })

  test('reads a 401 about permission, as older installs send it, as permission and not as a lost key', async () => {
    canvas.faults.add({ kind: 'permission-401' })
    const failure = await failing('2101', '5101', 'sandbox~priya-raman~not-enrolled')
    expect(failure).toMatchObject({ code: 'CANVAS_FORBIDDEN', canvas: { kind: 'permission', status: 401 } })
  })

  test('ends with the reason of an abort', async () => {
    const reason = new Error('canceled')
    const client = clientOf(MAYA, AbortSignal.abort(reason))
    await expect(fetchAssignmentContext(client, '2101', '5101')).rejects.toBe(reason)
  })
})

describe('download() from the sandbox', () => {
  test('gives the bytes of the file behind the redirect, and the storage sees no token', async () => {
    const bytes = readFileSync(
      new URL('../stack/canvas/files/reading-a-mortality-table.pdf', import.meta.url),
    )
    expect(await clientOf().download('2101', '7001')).toMatchObject({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      finalOrigin: canvas.filesOrigin,
    })
  })

  test.each([
    [{ kind: 'private-redirect' }, 'CANVAS_FORBIDDEN', 'address_refused'],
    [{ kind: 'redirect-loop' }, 'CANVAS_FORBIDDEN', 'address_refused'],
    [{ kind: 'cut', on: 'files' }, 'CANVAS_UNREACHABLE', 'network'],
    [{ kind: 'wrong-length', on: 'files' }, 'CANVAS_UNREACHABLE', 'network'],
    [{ kind: 'login-page', path: '*/download' }, 'CANVAS_KEY_REJECTED', 'login_page'],
    [{ kind: 'login-redirect', path: '*/download' }, 'CANVAS_KEY_REJECTED', 'login_page'],
    [{ kind: 'login-page', on: 'files' }, 'CANVAS_KEY_REJECTED', 'login_page'],
    [{ kind: 'server-error', on: 'files' }, 'CANVAS_UNREACHABLE', 'storage_refused'],
  ] as const)('fails by name on %j', async (fault, code, kind) => {
    canvas.faults.add(fault)
    const failure = await clientOf()
      .download('2101', '7001')
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(RunFailure)
    expect(failure).toMatchObject({ code, canvas: { kind } })
  })
})

describe('assignments() of the sandbox', () => {
  const paged = async <T>(use: (site: SandboxCanvas, client: CanvasClient) => Promise<T>): Promise<T> => {
    await using site = await startSandboxCanvas({ now: NOW, maxPerPage: 2 })
    policy = { allowedHosts: [], devHosts: [new URL(site.origin).host] }
    const guarded = createGuardedAgent(policy)
    const client = createCanvasClient({
      origin: site.origin,
      token: new Secret(MAYA),
      policy,
      agent: guarded,
      contact: 'ops@school.edu',
    })
    try {
      return await use(site, client)
    } finally {
      await guarded.destroy()
    }
  }

  test.each([[], ['duplicate-rows'], ['no-last'], ['duplicate-rows', 'no-last']] as const)(
    'lists each assignment once over three pages (%s %s)',
    async (...kinds) => {
      const { items, truncated } = await paged(async (site, client) => {
        site.faults.add(...kinds.map((kind) => ({ kind })))
        return client.assignments('2101')
      })
      expect(items.map(({ id }) => id).toSorted()).toEqual(['5101', '5105', '5107', '5108', '5112', '5113'])
      expect(truncated).toBe(false)
    },
  )

  test('refuses to carry the key to another host', async () => {
    const failure = paged(async (site, client) => {
      site.faults.add({ kind: 'foreign-next' })
      return client.assignments('2101')
    })
    await expect(failure).rejects.toMatchObject({ canvas: { kind: 'foreign_link' } })
  })
})
