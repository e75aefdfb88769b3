import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask } from '../ask.ts'
import { startSandboxCanvas, type SandboxCanvas } from '../start.ts'

let canvas: SandboxCanvas
beforeAll(async () => {
  canvas = await startSandboxCanvas({ now: new Date('2026-03-02T15:00:00Z') })
})
afterAll(() => canvas.stop())
beforeEach(() => canvas.faults.clear())

const api = (path: string) => ask(`${canvas.origin}/api/v1${path}`)
const control = (method: string, body?: unknown, headers: Record<string, string> = {}) =>
  ask(`${canvas.origin}/_sandbox/faults`, {
    method,
    token: null,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

describe('the switchboard', () => {
  test('switches one fault or several on over HTTP, lists and clears them', async () => {
    expect((await control('POST', { kind: 'not-found', path: '*/courses', times: 2 })).status).toBe(201)
    expect((await control('POST', [{ kind: 'slow', ms: 1 }, { kind: 'cut' }])).status).toBe(201)
    expect((await api('/courses')).status).toBe(404)
    const listed = JSON.parse((await control('GET')).text)
    expect(listed).toMatchObject([{ kind: 'not-found', met: 1 }, { kind: 'slow', ms: 1 }, { kind: 'cut' }])
    expect(JSON.parse((await control('DELETE')).text)).toEqual([])
    expect((await api('/courses')).status).toBe(200)
  })

  test('says what is wrong with a fault it does not know', async () => {
    expect((await control('POST', { kind: 'earthquake' })).status).toBe(400)
    expect((await control('POST', { kind: 'cut', afterBites: 3 })).text).toContain('afterBites')
    expect(canvas.faults.list()).toEqual([])
  })

  test('does not answer a page in a browser', async () => {
    expect((await control('POST', { kind: 'cut' }, { origin: 'https://evil.example' })).status).toBe(403)
    expect(canvas.faults.list()).toEqual([])
  })

  test('tells what was asked, names of headers only', async () => {
    canvas.requests.clear()
    await api('/courses?per_page=3')
    const log = await ask(`${canvas.origin}/_sandbox/requests`, { token: null })
    const [record] = JSON.parse(log.text)
    expect(record).toMatchObject({
      on: 'canvas',
      method: 'GET',
      path: '/api/v1/courses',
      query: 'per_page=3',
      authorization: true,
    })
    expect(record.headerNames).toContain('user-agent')
    expect(log.text).not.toContain('sandbox~')
  })
})

describe('faults on the API', () => {
  test('server-error carries a new report id each time', async () => {
    canvas.faults.add({ kind: 'server-error', path: '*/assignments/5101', times: 2 })
    const answers = [await api('/courses/2101/assignments/5101'), await api('/courses/2101/assignments/5101')]
    const ids = answers.map(({ text }) => JSON.parse(text).error_report_id)
    expect(answers.map(({ status }) => status)).toEqual([500, 500])
    expect(new Set(ids).size).toBe(2)
    expect((await api('/courses/2101/assignments/5101')).status).toBe(200)
  })

  test('network-down breaks the connection', async () => {
    canvas.faults.add({ kind: 'network-down', times: 1 })
    await expect(api('/users/self')).rejects.toThrow(/socket hang up|ECONNRESET/)
    expect((await api('/users/self')).status).toBe(200)
  })

  test('slow holds one answer back while another overtakes it', async () => {
    await using own = await startSandboxCanvas()
    own.faults.add({ kind: 'slow', ms: 60_000, path: '/api/v1/users/self', times: 1 })
    const waiting = ask(`${own.origin}/api/v1/users/self`).catch((error: unknown) => error)
    await expect.poll(() => own.requests.all().length).toBe(1)
    expect((await ask(`${own.origin}/api/v1/users/self`)).status).toBe(200)
    await own.stop()
    expect(await waiting).toBeInstanceOf(Error)
  })

  test('login-page is HTML with 200, login-redirect a 302', async () => {
    canvas.faults.add({ kind: 'login-page', times: 1 })
    const page = await api('/users/self')
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    canvas.faults.add({ kind: 'login-redirect', times: 1 })
    expect((await api('/users/self')).headers['location']).toBe(`${canvas.origin}/login/canvas`)
  })

  test('tab-disabled closes the list and leaves single files open', async () => {
    canvas.faults.add({ kind: 'tab-disabled', tab: 'files' })
    const list = await api('/courses/2102/files')
    expect(list).toMatchObject({
      status: 404,
      text: '{"message":"That page has been disabled for this course"}',
    })
    expect((await api('/courses/2102/files/7002')).status).toBe(200)
    expect((await api('/courses/2101/pages')).status).toBe(200)
  })

  test('strip-include answers 200 and leaves out what was asked', async () => {
    canvas.faults.add({ kind: 'strip-include' })
    const course = JSON.parse((await api('/courses/2101?include[]=syllabus_body')).text)
    expect(course).toMatchObject({ id: '2101' })
    expect(course).not.toHaveProperty('syllabus_body')
  })

  test('paging quirks show in the Link header of a real list', async () => {
    canvas.faults.add({ kind: 'foreign-next' }, { kind: 'no-last' })
    const link = String((await api('/courses/2101/assignments?per_page=2')).headers['link'])
    expect(link).toMatch(
      /<https:\/\/canvas\.lookalike\.example\/api\/v1\/courses\/2101\/assignments\?[^>]+>; rel="next"/,
    )
    expect(link).not.toContain('rel="last"')
  })

  test('duplicate-rows repeats an id over two pages', async () => {
    canvas.faults.add({ kind: 'duplicate-rows' })
    const ids = async (page: number) =>
      JSON.parse((await api(`/courses/2101/assignments?per_page=3&page=${page}`)).text).map(
        (row: { id: string }) => row.id,
      )
    expect((await ids(2))[0]).toBe((await ids(1)).at(-1))
  })

  test('cut breaks JSON off as well', async () => {
    canvas.faults.add({ kind: 'cut', afterBytes: 20, path: '*/assignments/5101' })
    await expect(api('/courses/2101/assignments/5101')).rejects.toThrow(/aborted|terminated|hang up/i)
  })
})
