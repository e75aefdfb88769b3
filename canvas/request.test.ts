import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import { RunFailure } from '../contract/run-errors.ts'
import type { CanvasHttp } from './exchange.ts'
import { getJson } from './request.ts'
import { openHttp, startScriptedServer } from './testing/scripted-server.ts'

const Thing = z.object({ id: z.string() })
const UPSTREAM = 'upstream words that must stay upstream'

async function failureOf(answer: (response: ServerResponse) => void, overrides: Partial<CanvasHttp> = {}) {
  await using server = await startScriptedServer((_request, response) => answer(response))
  await using http = openHttp([server], overrides)
  const failure = await getJson(http, '/api/v1/x', Thing, 'the assignment 42').catch(
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(RunFailure)
  return failure as RunFailure
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }

describe('getJson()', () => {
  test('asks with token, string ids, identity encoding and a name, and gives the checked value', async () => {
    await using server = await startScriptedServer((_request, response) => {
      json(200, { id: '184670000000012345', more: 1 }, { link: '<x>; rel="next"' })(response)
    })
    await using http = openHttp([server])
    expect(await getJson(http, '/api/v1/x?include[]=a', Thing, 'x')).toEqual({
      value: { id: '184670000000012345' },
      link: '<x>; rel="next"',
    })
    expect(server.seen).toMatchObject([
      {
        method: 'GET',
        url: '/api/v1/x?include[]=a',
        headers: {
          accept: 'application/json+canvas-string-ids',
          'accept-encoding': 'identity',
          authorization: 'Bearer 7236~tokenOfTheStudent000000',
          'user-agent': 'Waymark/test',
        },
      },
    ])
    expect(server.seen[0]?.headers).not.toHaveProperty('cookie')
  })

  test.each<[string, (response: ServerResponse) => void, string, string, boolean]>([
    [
      'a revoked key',
      json(
        401,
        { errors: [{ message: `Revoked access token. ${UPSTREAM}` }] },
        { 'www-authenticate': 'Bearer realm="canvas-lms"' },
      ),
      'CANVAS_KEY_REJECTED',
      'token_revoked',
      false,
    ],
    [
      'a refused permission',
      json(403, { status: 'unauthorized', errors: [{ message: UPSTREAM }] }),
      'CANVAS_FORBIDDEN',
      'permission',
      false,
    ],
    [
      'an absent thing',
      json(404, { errors: [{ message: UPSTREAM }] }),
      'CANVAS_NOT_FOUND',
      'not_found',
      false,
    ],
    ['a disabled tab', json(404, { message: UPSTREAM }), 'CANVAS_NOT_FOUND', 'tab_disabled', false],
    [
      'a fault of Canvas',
      json(500, { errors: [{ message: UPSTREAM }] }),
      'CANVAS_UNREACHABLE',
      'canvas_fault',
      true,
    ],
    [
      'a redirect, which JSON calls do not follow',
      (response) => response.writeHead(302, { location: '/login' }).end(),
      'CANVAS_KEY_REJECTED',
      'login_page',
      false,
    ],
    [
      'a login page in place of JSON',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(`<html>${UPSTREAM}</html>`),
      'CANVAS_KEY_REJECTED',
      'login_page',
      false,
    ],
    ['JSON of another shape', json(200, { name: UPSTREAM }), 'CANVAS_UNREACHABLE', 'not_canvas_json', true],
    [
      'text that is no JSON',
      (response) => response.end(UPSTREAM),
      'CANVAS_UNREACHABLE',
      'not_canvas_json',
      true,
    ],
    [
      'a compressed body',
      json(200, { id: '1' }, { 'content-encoding': 'gzip' }),
      'CANVAS_UNREACHABLE',
      'encoded',
      true,
    ],
    [
      'bytes that are no HTTP',
      (response) => void response.socket?.end(`HTTP/1.1 200 OK\r\n${UPSTREAM}\r\n\r\n`),
      'CANVAS_UNREACHABLE',
      'network',
      true,
    ],
    ['a connection cut at once', (response) => response.destroy(), 'CANVAS_UNREACHABLE', 'network', true],
    [
      'a body cut in the middle',
      (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"id":')
        setImmediate(() => response.destroy())
      },
      'CANVAS_UNREACHABLE',
      'network',
      true,
    ],
  ])('turns %s into a failure with a sentence of our own', async (_name, answer, code, kind, retryable) => {
    const failure = await failureOf(answer)
    expect(failure).toMatchObject({ code, retryable, canvas: { kind } })
    expect(failure.message).toMatch(/^[A-Z].*\.$/s)
    expect(inspect(failure, { depth: 9 })).not.toContain('upstream')
  })

  test('says the thing that was asked for', async () => {
    expect((await failureOf(json(404, { errors: [] }))).message).toContain('the assignment 42')
  })

  test('keeps the number of the Canvas error report', async () => {
    expect((await failureOf(json(500, { error_report_id: 4711 }))).message).toContain('4711')
  })

  test.each([403, 429])(
    'waits 1.5 to 3 seconds when throttled with %i, and slows the gate',
    async (status) => {
      const reports: (number | null)[] = []
      const gate: CanvasHttp['gate'] = { run: (call) => call(), report: (left) => reports.push(left) }
      const failure = await failureOf(
        (response) =>
          response
            .writeHead(status, { 'content-type': 'text/plain' })
            .end(`${status} (Rate Limit Exceeded)\n`),
        { gate },
      )
      expect(failure).toMatchObject({ code: 'CANVAS_UNREACHABLE', canvas: { kind: 'throttled', status } })
      expect(failure.retryAfterMs).toBeGreaterThanOrEqual(1_500)
      expect(failure.retryAfterMs).toBeLessThanOrEqual(3_000)
      expect(reports).toEqual([0])
    },
  )

  test.each([
    ['7', 7_000],
    ['86400', 60_000],
  ])('honours Retry-After %s up to a minute', async (header, retryAfterMs) => {
    expect(await failureOf(json(503, {}, { 'retry-after': header }))).toMatchObject({ retryAfterMs })
  })

  test('stops a body that never ends', async () => {
    const failure = await failureOf((response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const pour = (): void =>
        void (response.destroyed || response.write(Buffer.alloc(256 * 1_024, 0x20), pour))
      pour()
    })
    expect(failure).toMatchObject({ code: 'UNSUPPORTED', canvas: { kind: 'too_large' } })
  })

  test('gives up on headers that do not come and on a body that trickles', async () => {
    const times = { headersMs: 200, idleMs: 2_000, overallMs: 400 }
    expect(await failureOf(() => undefined, { times })).toMatchObject({ canvas: { kind: 'timeout' } })
    const trickle = (response: ServerResponse): void => {
      const drop = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(drop))
    }
    expect(await failureOf(trickle, { times })).toMatchObject({ canvas: { kind: 'timeout' } })
  })

  test('gives strings that can be stored, whatever was pasted into Canvas', async () => {
    await using server = await startScriptedServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(String.raw`[{ "id": "a\u0000b\ud800c\ud83d\ude00" }]`)
    })
    await using http = openHttp([server])
    const { value } = await getJson(http, '/api/v1/x', z.array(Thing), 'x')
    expect(value).toEqual([{ id: 'ab\ufffdc😀' }])
  })

  test('rejects with the reason of an abort, not with a failure of Canvas', async () => {
    await using server = await startScriptedServer(() => controller.abort(reason))
    const controller = new AbortController()
    const reason = new Error('canceled by the student')
    await using http = openHttp([server], { signal: controller.signal })
    await expect(getJson(http, '/api/v1/x', Thing, 'x')).rejects.toBe(reason)
    await expect(getJson(http, '/api/v1/x', Thing, 'x')).rejects.toBe(reason)
    expect(server.seen).toHaveLength(1)
  })

  test('does not leave the guard for an origin that is no longer allowed', async () => {
    await using server = await startScriptedServer((_request, response) => response.end())
    await using http = openHttp([server], { policy: { allowedHosts: [], devHosts: [] } })
    await expect(getJson(http, '/api/v1/x', Thing, 'x')).rejects.toMatchObject({
      canvas: { kind: 'address_refused' },
    })
    expect(server.seen).toEqual([])
  })
})
