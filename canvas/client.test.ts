import { describe, expect, test } from 'vitest'

import { Secret } from '../config/secret.ts'
import { createCanvasClient } from './client.ts'
import { createGuardedAgent } from './guard/agent.ts'
import { CanvasCourse, CanvasFile } from './schemas.ts'
import { devPolicy, startScriptedServer } from './testing/scripted-server.ts'
import { userAgent } from './user-agent.ts'

async function withClient<T>(
  body: unknown,
  use: (client: ReturnType<typeof createCanvasClient>) => Promise<T>,
) {
  await using server = await startScriptedServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
  const policy = devPolicy(server)
  await using agent = {
    ...policy,
    dispatcher: createGuardedAgent(policy),
    [Symbol.asyncDispose]: () => agent.dispatcher.destroy(),
  }
  const client = createCanvasClient({
    origin: server.origin,
    token: new Secret('t'),
    policy,
    agent: agent.dispatcher,
    contact: 'ops@school.edu',
  })
  const outcome = await use(client).catch((error: unknown) => error)
  return { outcome, seen: server.seen }
}

describe('createCanvasClient()', () => {
  test.each<[string, (client: ReturnType<typeof createCanvasClient>) => Promise<unknown>]>([
    ['/api/v1/users/self', (client) => client.self()],
    ['/api/v1/users/self/profile', (client) => client.profile()],
    ['/api/v1/courses/7?include[]=syllabus_body', (client) => client.course('7')],
    [
      '/api/v1/courses/7/assignments/1~42?include[]=can_submit&include[]=all_dates&include[]=checkpoints',
      (client) => client.assignment('7', '1~42'),
    ],
    ['/api/v1/courses/7/discussion_topics/5', (client) => client.discussionTopic('7', '5')],
    ['/api/v1/courses/7/files/9', (client) => client.file('7', '9')],
    ['/api/v1/files/9', (client) => client.file(null, '9')],
  ])('asks for %s', async (path, call) => {
    const { seen } = await withClient({ id: '1' }, call)
    expect(seen.map(({ url, method }) => [decodeURI(url), method])).toEqual([[path, 'GET']])
    expect(seen[0]?.headers['user-agent']).toMatch(/^Waymark\/\d+\.\d+\.\d+ \(\+ops@school\.edu\)$/)
  })

  test.each([
    '123/submissions/456?',
    '../users/self',
    'sis_course_id:ABC',
    'hex:sis_1',
    '1~',
    '',
    '7?x',
    '٧',
    '1'.repeat(41),
  ])('builds no path from the id %j', async (id) => {
    for (const call of ['course', 'assignments'] as const) {
      const { outcome, seen } = await withClient([], (client): Promise<unknown> => client[call](id))
      expect(outcome).toMatchObject({ code: 'CANVAS_NOT_FOUND' })
      expect(seen).toEqual([])
    }
    for (const call of ['assignment', 'file', 'discussionTopic', 'download'] as const) {
      const { outcome, seen } = await withClient({}, (client): Promise<unknown> => client[call]('7', id))
      expect(outcome).toMatchObject({ code: 'CANVAS_NOT_FOUND' })
      expect(seen).toEqual([])
    }
  })

  test.each([{ url: '' }, { url: null }, {}])(
    'does not download a file whose address is %j',
    async (fields) => {
      const file = { id: '9', display_name: 'Week 3.pdf', ...fields }
      const { outcome, seen } = await withClient(file, (client) => client.download('7', '9'))
      expect(outcome).toMatchObject({
        code: 'CANVAS_FORBIDDEN',
        message: expect.stringContaining('“Week 3.pdf”'),
      })
      expect(seen).toHaveLength(1)
    },
  )
})

describe('schemas', () => {
  test('keep a syllabus that was not sent apart from one that is empty', () => {
    expect(CanvasCourse.parse({ id: 1 }).syllabus_body).toBeUndefined()
    expect(CanvasCourse.parse({ id: 1, syllabus_body: null }).syllabus_body).toBeNull()
  })

  test('keep unknown keys out and refuse a number that has lost digits', () => {
    expect(CanvasFile.parse({ id: 9, uuid: 'x', preview_url: 'y' })).not.toHaveProperty('uuid')
    expect(CanvasFile.safeParse({ id: 184_670_000_000_012_350 }).success).toBe(false)
  })
})

describe('userAgent()', () => {
  test('keeps what a header cannot hold out of the contact', () => {
    expect(userAgent('https://x.io/a b\r\nEvil: 1 (x) é')).toMatch(
      /^Waymark\/\S+ \(\+https:\/\/x\.io\/abEvil:1x\)$/,
    )
    expect(userAgent('')).toMatch(/^Waymark\/[\d.]+$/)
  })
})
