import { createHash } from 'node:crypto'
import type { RequestListener, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'

import { downloadFile, type DownloadRequest } from './download.ts'
import type { CanvasHttp } from './exchange.ts'
import { openHttp, startScriptedServer } from './testing/scripted-server.ts'

const PDF = Buffer.from('%PDF-1.7\nwords\n%%EOF')
const LOGIN = '<!DOCTYPE html><html><form id="login_form"><input type="password"></form></html>'
const FILE: DownloadRequest = {
  url: '/files/7/download',
  subject: 'the file “Week 3.pdf”',
  expectedType: 'application/pdf',
}

interface Sites {
  readonly canvas: RequestListener
  readonly storage?: RequestListener
  readonly file?: Partial<DownloadRequest>
  readonly http?: Partial<CanvasHttp>
}

/** Downloads from a scripted Canvas with a storage of another origin; `{storage}` in a Location is its origin. */
async function fetchFile(sites: Sites) {
  await using storage = await startScriptedServer(
    sites.storage ?? ((_request, response) => response.end(PDF)),
  )
  await using canvas = await startScriptedServer((request, response) => {
    const writeHead = response.setHeader.bind(response)
    response.setHeader = (name, value) => writeHead(name, String(value).replace('{storage}', storage.origin))
    sites.canvas(request, response)
  })
  await using http = openHttp([canvas, storage], sites.http)
  const outcome = await downloadFile(http, { ...FILE, ...sites.file }).catch((error: unknown) => error)
  return { outcome, canvas, storage }
}

const redirect =
  (location: string, status = 302): RequestListener =>
  (_request, response) => {
    response.statusCode = status
    response.setHeader('location', location)
    response.setHeader('set-cookie', 'canvas_session=abc; Path=/')
    response.end()
  }
const sending =
  (body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/pdf', ...headers }).end(body)
  }
const refusedAs = (kind: string, code: string) => ({ name: 'RunFailure', code, canvas: { kind } })

describe('downloadFile()', () => {
  test('gives bytes, hash, type and origin of a file Canvas serves itself', async () => {
    const { outcome, canvas } = await fetchFile({ canvas: sending(PDF) })
    expect(outcome).toEqual({
      bytes: PDF,
      sha256: createHash('sha256').update(PDF).digest('hex'),
      contentType: 'application/pdf',
      finalOrigin: canvas.origin,
    })
    expect(canvas.seen[0]?.headers).toMatchObject({
      authorization: 'Bearer 7236~tokenOfTheStudent000000',
      'accept-encoding': 'identity',
    })
  })

  test.each([301, 302, 303, 307, 308])(
    'follows a %i to the storage without token or cookie',
    async (status) => {
      const { outcome, canvas, storage } = await fetchFile({
        canvas: redirect('{storage}/x.pdf?sig=1', status),
      })
      expect(outcome).toMatchObject({ bytes: PDF, finalOrigin: storage.origin })
      expect(canvas.seen[0]?.headers.authorization).toBeDefined()
      expect(storage.seen).toMatchObject([{ method: 'GET', url: '/x.pdf?sig=1' }])
      expect(storage.seen[0]?.headers).not.toHaveProperty('authorization')
      expect(storage.seen[0]?.headers).not.toHaveProperty('cookie')
    },
  )

  test('follows a relative redirect on Canvas, keeping the token there', async () => {
    const { outcome, canvas } = await fetchFile({
      canvas: (request, response) =>
        request.url === '/files/7/download'
          ? redirect('../../x.pdf')(request, response)
          : sending(PDF)(request, response),
    })
    expect(outcome).toMatchObject({ bytes: PDF })
    expect(canvas.seen.map(({ url, headers }) => [url, headers.authorization !== undefined])).toEqual([
      ['/files/7/download', true],
      ['/x.pdf', true],
    ])
  })

  test('sends no token when the file itself is at another origin', async () => {
    await using storage = await startScriptedServer(sending(PDF))
    await using canvas = await startScriptedServer(sending(PDF))
    await using http = openHttp([canvas, storage])
    await downloadFile(http, { ...FILE, url: `${storage.origin}/x` })
    expect([canvas.seen.length, storage.seen[0]?.headers.authorization]).toEqual([0, undefined])
  })

  test.each([
    'http://127.0.0.1:1/x',
    'http://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/x',
    'https://[::1]/x',
    'https://localhost/x',
    'http://storage.school.edu/x',
    'https://storage.school.edu:8443/x',
    'https://user:pass@storage.school.edu/x',
    'file:///etc/passwd',
    'data:text/plain,x',
    'http://[broken',
  ])('refuses a redirect to %s', async (location) => {
    const { outcome, storage } = await fetchFile({ canvas: redirect(location) })
    expect(outcome).toMatchObject(refusedAs('address_refused', 'CANVAS_FORBIDDEN'))
    expect(String(outcome)).not.toContain(location)
    expect(storage.seen).toEqual([])
  })

  test('refuses a second hop as strictly as the first', async () => {
    const { outcome } = await fetchFile({
      canvas: redirect('{storage}/x'),
      storage: redirect('http://169.254.169.254/'),
    })
    expect(outcome).toMatchObject(refusedAs('address_refused', 'CANVAS_FORBIDDEN'))
  })

  test('follows five redirects and refuses the sixth', async () => {
    const hops =
      (count: number): RequestListener =>
      (request, response) => {
        const hop = Number(new URL(request.url ?? '', 'http://x').searchParams.get('hop') ?? 0)
        return hop < count
          ? redirect(`/files/7/download?hop=${hop + 1}`)(request, response)
          : sending(PDF)(request, response)
      }
    expect((await fetchFile({ canvas: hops(5) })).outcome).toMatchObject({ bytes: PDF })
    const six = await fetchFile({ canvas: hops(6) })
    expect(six.outcome).toMatchObject(refusedAs('address_refused', 'CANVAS_FORBIDDEN'))
    expect(six.canvas.seen).toHaveLength(6)
  })

  test('refuses a redirect that leads nowhere', async () => {
    const { outcome } = await fetchFile({ canvas: (_request, response) => response.writeHead(302).end() })
    expect(outcome).toMatchObject(refusedAs('address_refused', 'CANVAS_FORBIDDEN'))
  })

  test.each<[string, Sites]>([
    ['a page instead of a PDF', { canvas: sending(LOGIN) }],
    [
      'a page that calls itself a PDF and hides behind a comment',
      { canvas: sending(`<!-- sso --> ${LOGIN}`) },
    ],
    [
      'a sign-in page instead of an HTML file',
      { canvas: sending(LOGIN, { 'content-type': 'text/html' }), file: { expectedType: 'text/html' } },
    ],
    ['a sign-in page when no type is known', { canvas: sending(LOGIN), file: { expectedType: null } }],
    [
      'a single sign-on form',
      { canvas: sending('<html><input name="SAMLRequest"></html>'), file: { expectedType: 'text/html' } },
    ],
    ['a redirect to the login', { canvas: redirect('/login/canvas') }],
    ['a page from the storage', { canvas: redirect('{storage}/x'), storage: sending(LOGIN) }],
  ])('says that Canvas did not let us in for %s', async (_name, sites) => {
    const { outcome } = await fetchFile(sites)
    expect(outcome).toMatchObject(refusedAs('login_page', 'CANVAS_KEY_REJECTED'))
    expect(String(outcome)).toContain('Canvas did not let us in')
  })

  test('takes an HTML file that asks for no sign-in', async () => {
    const page = '<!doctype html><html><body>The brief of the essay</body></html>'
    const { outcome } = await fetchFile({
      canvas: sending(page),
      file: { expectedType: 'text/html; charset=utf-8' },
    })
    expect(outcome).toMatchObject({ bytes: Buffer.from(page) })
  })

  test('takes a body of exactly the cap and refuses one byte more, declared or not', async () => {
    const file = { maxBytes: 100_000 }
    const exact = Buffer.alloc(100_000, 1)
    expect((await fetchFile({ canvas: sending(exact), file })).outcome).toMatchObject({ bytes: exact })
    const over = Buffer.alloc(100_001, 1)
    expect((await fetchFile({ canvas: sending(over), file })).outcome).toMatchObject(
      refusedAs('too_large', 'UNSUPPORTED'),
    )
    const chunked: RequestListener = (_request, response) => {
      response.write(over.subarray(0, 50_000))
      response.end(over.subarray(50_000))
    }
    expect((await fetchFile({ canvas: chunked, file })).outcome).toMatchObject(
      refusedAs('too_large', 'UNSUPPORTED'),
    )
  })

  test('refuses a declared 10 GB before reading, and stops one that is not declared', async () => {
    const pour = (response: ServerResponse): void =>
      void (response.destroyed || response.write(Buffer.alloc(1_048_576), () => pour(response)))
    let declaredBytes = 0
    const declared: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': String(10 * 1_024 ** 3) })
      response.on('close', () => (declaredBytes = response.socket?.bytesWritten ?? 0))
      response.flushHeaders()
    }
    expect((await fetchFile({ canvas: declared })).outcome).toMatchObject(
      refusedAs('too_large', 'UNSUPPORTED'),
    )
    expect(declaredBytes).toBeLessThan(10_000)
    const endless: RequestListener = (_request, response) => pour(response)
    expect((await fetchFile({ canvas: endless })).outcome).toMatchObject(
      refusedAs('too_large', 'UNSUPPORTED'),
    )
  })

  test.each(['gzip', 'br', 'deflate, gzip'])(
    'refuses a body in %s unread, however small it looks',
    async (encoding) => {
      const bomb = gzipSync(Buffer.alloc(5_000_000))
      const { outcome } = await fetchFile({ canvas: sending(bomb, { 'content-encoding': encoding }) })
      expect(outcome).toMatchObject(refusedAs('encoded', 'CANVAS_UNREACHABLE'))
    },
  )

  test('refuses a body shorter than its declared length', async () => {
    const short: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write(PDF, () => response.destroy())
    }
    expect((await fetchFile({ canvas: short })).outcome).toMatchObject(
      refusedAs('network', 'CANVAS_UNREACHABLE'),
    )
  })

  test('keeps to the declared length when more bytes follow', async () => {
    const long: RequestListener = (_request, response) => {
      response.socket?.end(
        `HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\n%PDF-1.7 smuggled`,
      )
    }
    const { outcome } = await fetchFile({ canvas: long })
    expect(outcome).not.toMatchObject({ bytes: expect.objectContaining({ length: 17 }) })
    expect(JSON.stringify(outcome)).not.toContain('smuggled')
  })

  test('gives up on a body that trickles', async () => {
    const trickle: RequestListener = (_request, response) => {
      const drop = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(drop))
    }
    const http = { times: { headersMs: 1_000, idleMs: 1_000, overallMs: 300 } }
    expect((await fetchFile({ canvas: trickle, http })).outcome).toMatchObject(
      refusedAs('timeout', 'CANVAS_UNREACHABLE'),
    )
  })

  test.each<[number, string, string]>([
    [401, 'unauthenticated', 'CANVAS_KEY_REJECTED'],
    [403, 'permission', 'CANVAS_FORBIDDEN'],
    [404, 'not_found', 'CANVAS_NOT_FOUND'],
    [500, 'canvas_fault', 'CANVAS_UNREACHABLE'],
  ])('tells what a %i of Canvas means', async (status, kind, code) => {
    const { outcome } = await fetchFile({ canvas: (_request, response) => response.writeHead(status).end() })
    expect(outcome).toMatchObject(refusedAs(kind, code))
  })

  test.each<[number, string, string]>([
    [403, 'storage_refused', 'CANVAS_UNREACHABLE'],
    [404, 'not_found', 'CANVAS_NOT_FOUND'],
    [503, 'storage_refused', 'CANVAS_UNREACHABLE'],
    [206, 'storage_refused', 'CANVAS_UNREACHABLE'],
  ])('does not take a %i of the storage for a verdict on the key', async (status, kind, code) => {
    const { outcome } = await fetchFile({
      canvas: redirect('{storage}/x'),
      storage: (_request, response) =>
        response.writeHead(status, { 'www-authenticate': 'Bearer' }).end('<Error/>'),
    })
    expect(outcome).toMatchObject(refusedAs(kind, code))
  })
})
