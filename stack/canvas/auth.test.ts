import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { fieldMethods } from './courses/field-methods/course.ts'
import { MAYA } from './people.ts'
import type { CourseContext } from './seed.ts'
import { startSandboxCanvas, type SandboxCanvas } from './start.ts'

let canvas: SandboxCanvas
const CHALLENGE = 'Bearer realm="canvas-lms"'

beforeAll(async () => {
  canvas = await startSandboxCanvas({ now: new Date('2026-03-02T15:00:00Z') })
})
afterAll(() => canvas.stop())
beforeEach(() => canvas.faults.clear())

const self = (token: string | null) => ask(`${canvas.origin}/api/v1/users/self`, { token })
const course = (token: string) => ask(`${canvas.origin}/api/v1/courses/2101`, { token })

describe('tokens', () => {
  test('a live one names its student', async () => {
    expect(JSON.parse((await self('sandbox~maya-okafor~student')).text)).toMatchObject({
      id: '3001',
      name: 'Maya Okafor',
    })
    expect(JSON.parse((await self('sandbox~jonas-weber~student')).text)).toMatchObject({ id: '3002' })
  })

  test.each([
    ['no-such-token', '{"errors":[{"message":"Invalid access token."}]}'],
    ['constructor', '{"errors":[{"message":"Invalid access token."}]}'],
    ['sandbox~maya-okafor~revoked', '{"errors":[{"message":"Revoked access token."}]}'],
    [
      'sandbox~maya-okafor~expired',
      '{"errors":[{"message":"Expired access token.","expired_at":"2026-02-27T15:00:00Z"}]}',
    ],
  ])('%s is turned away with a challenge', async (token, body) => {
    const answer = await self(token)
    expect(answer).toMatchObject({ status: 401, text: body })
    expect(answer.headers['www-authenticate']).toBe(CHALLENGE)
  })

  test('a further one, given at the start, names its own student and opens a further course to her', async () => {
    const owner = { ...MAYA, id: 3099n, name: 'Wren Abara' }
    const course = (context: CourseContext) => ({ ...fieldMethods(context), id: 2199n, students: [owner.id] })
    const tokens = new Map([['further-token', owner]])
    await using further = await startSandboxCanvas({ tokens, courses: [course] })
    const get = (path: string) => ask(`${further.origin}/api/v1/${path}`, { token: 'further-token' })
    expect(JSON.parse((await get('users/self')).text)).toMatchObject({ id: '3099', name: 'Wren Abara' })
    expect((await get('courses/2199')).status).toBe(200)
    expect((await get('courses/2101')).status).toBe(403)
    expect((await self('further-token')).status).toBe(401)
  })

  test('without credentials the status says unauthenticated', async () => {
    const answer = await self(null)
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.text)).toMatchObject({ status: 'unauthenticated' })
  })

  test('a missing scope is a 401 without a challenge', async () => {
    const token = 'sandbox~maya-okafor~narrow-scopes'
    expect((await self(token)).status).toBe(200)
    const answer = await course(token)
    expect(answer).toMatchObject({
      status: 401,
      text: '{"errors":[{"message":"Insufficient scopes on access token."}]}',
    })
    expect(answer.headers).not.toHaveProperty('www-authenticate')
  })

  test('who is not enrolled is refused with 403, on older installs with 401', async () => {
    const token = 'sandbox~priya-raman~not-enrolled'
    const body =
      '{"status":"unauthorized","errors":[{"message":"user not authorized to perform that action"}]}'
    expect(await course(token)).toMatchObject({ status: 403, text: body })
    canvas.faults.add({ kind: 'permission-401', times: 1 })
    const older = await course(token)
    expect(older).toMatchObject({ status: 401, text: body })
    expect(older.headers).not.toHaveProperty('www-authenticate')
  })

  test('one token is revoked while the sandbox runs, the other lives on', async () => {
    canvas.faults.add({ kind: 'revoked-token', token: 'sandbox~maya-okafor~student' })
    expect((await self('sandbox~maya-okafor~student')).text).toContain('Revoked access token.')
    expect((await self('sandbox~jonas-weber~student')).status).toBe(200)
  })

  test('a token expires after three calls', async () => {
    canvas.faults.add({ kind: 'expired-token', after: 3 })
    const statuses = []
    for (let call = 0; call < 4; call++) statuses.push((await self('sandbox~maya-okafor~student')).status)
    expect(statuses).toEqual([200, 200, 200, 401])
  })
})

describe('User-Agent', () => {
  test('a request without one is forbidden, in JSON or in HTML', async () => {
    const nameless = () => ask(`${canvas.origin}/api/v1/users/self`, { headers: { 'user-agent': '' } })
    const answer = await nameless()
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.text)).toEqual({
      error: 'Forbidden',
      message: expect.stringContaining('not provided a valid user agent.'),
    })
    canvas.faults.add({ kind: 'user-agent-html' })
    expect((await nameless()).headers['content-type']).toContain('text/html')
  })
})

describe('ids', () => {
  test('are numbers unless strings are asked for, global ones included', async () => {
    const bare = await ask(`${canvas.origin}/api/v1/courses/184670000000002203`, {
      headers: { accept: 'application/json' },
    })
    expect(bare.text).toMatch(/^\{"id":184670000000002203,/)
    const quoted = await ask(`${canvas.origin}/api/v1/courses/18467~2203`)
    expect(quoted.text).toMatch(/^\{"id":"184670000000002203",/)
  })

  test.each(['abc', 'sis_course_id:HIST214', '2101%2Fassignments', '99999'])(
    'course %s does not exist',
    async (id) => {
      const answer = await ask(`${canvas.origin}/api/v1/courses/${id}`)
      expect(answer).toMatchObject({
        status: 404,
        text: '{"errors":[{"message":"The specified resource does not exist."}]}',
      })
    },
  )
})

test('nothing can be written', async () => {
  const url = `${canvas.origin}/api/v1/courses/2101/assignments/5101/submissions`
  expect((await ask(url, { method: 'POST', body: '{}' })).status).toBe(404)
  expect(canvas.requests.all().at(-1)).toMatchObject({ method: 'POST', authorization: true })
})

test('a browser address without a session leads to the login page', async () => {
  const answer = await ask(`${canvas.origin}/courses/2101/assignments/5101`, { token: null })
  expect(answer).toMatchObject({ status: 302, headers: { location: `${canvas.origin}/login/canvas` } })
  const page = await ask(`${canvas.origin}/login/canvas`, { token: null })
  expect(page.status).toBe(200)
  expect(page.text).toContain('<form id="login_form"')
})
