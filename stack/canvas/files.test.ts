import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, MAYA_TOKEN } from './ask.ts'
import { startSandboxCanvas, type SandboxCanvas } from './start.ts'

let canvas: SandboxCanvas
beforeAll(async () => {
  canvas = await startSandboxCanvas()
})
afterAll(() => canvas.stop())
beforeEach(() => {
  canvas.faults.clear()
  canvas.requests.clear()
})

const locate = async (id = 7002) => {
  const answer = await ask(`${canvas.origin}/files/${id}/download`)
  expect(answer.status).toBe(302)
  return String(answer.headers['location'])
}
const fetchStored = (url: string) => ask(url, { token: null })

describe('a download', () => {
  test('is a redirect to another origin, where the address alone opens the file', async () => {
    const address = await locate()
    expect(new URL(address).origin).toBe(canvas.filesOrigin)
    expect(new URL(address).origin).not.toBe(canvas.origin)
    const file = await fetchStored(address)
    expect(file.status).toBe(200)
    expect(file.headers['content-type']).toBe('application/pdf')
    expect(file.bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-')
  })

  test('is refused when the token comes along to the other origin', async () => {
    const answer = await ask(await locate(), { token: MAYA_TOKEN })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('Only one auth mechanism allowed')
    const seen = canvas.requests.all().map(({ on, authorization }) => [on, authorization])
    expect(seen).toEqual([
      ['canvas', true],
      ['files', true],
    ])
  })

  test('leads to the login page without a token', async () => {
    const answer = await ask(`${canvas.origin}/files/7002/download`, { token: null })
    expect(answer.headers['location']).toBe(`${canvas.origin}/login/canvas`)
  })

  test('stays closed with a forged signature, and keeps signatures out of the log', async () => {
    const forged = new URL(await locate())
    forged.searchParams.set('token', '9999999999.AAAA')
    expect((await fetchStored(forged.href)).status).toBe(403)
    expect(JSON.stringify(canvas.requests.all())).not.toContain('AAAA')
  })

  test('of an unpublished file is refused, and its url is empty', async () => {
    const file = await ask(`${canvas.origin}/api/v1/courses/2102/files/7011`)
    expect(JSON.parse(file.text)).toMatchObject({ url: '', locked_for_user: true, locked: true })
    expect((await ask(`${canvas.origin}/files/7011/download`)).status).toBe(403)
  })
})

describe('the file object', () => {
  test('has the size of the bytes behind its url, and no uuid or verifier', async () => {
    const file = JSON.parse((await ask(`${canvas.origin}/api/v1/courses/2103/files/7003`)).text)
    const hop = await ask(file.url)
    const bytes = (await fetchStored(String(hop.headers['location']))).bytes
    expect(bytes.byteLength).toBe(file.size)
    expect(bytes.subarray(0, 2).toString('latin1')).toBe('PK')
    expect(file['content-type']).toContain('wordprocessingml')
    expect(file).not.toHaveProperty('uuid')
    expect(file.url).not.toContain('verifier')
  })

  test('is not found in a course it does not belong to', async () => {
    expect((await ask(`${canvas.origin}/api/v1/courses/2101/files/7002`)).status).toBe(404)
  })

  test('has a public url that needs no token', async () => {
    const { public_url: address } = JSON.parse(
      (await ask(`${canvas.origin}/api/v1/files/7003/public_url`)).text,
    )
    expect((await fetchStored(address)).status).toBe(200)
  })

  test('changes its id, size and date when the instructor replaces the attachment', async () => {
    const read = async () => JSON.parse((await ask(`${canvas.origin}/api/v1/courses/2102/files/7002`)).text)
    canvas.faults.add({ kind: 'replace-attachment', path: '*/files/7002', after: 1 })
    const [before, after] = [await read(), await read()]
    expect(before.id).toBe('7002')
    expect(after.id).toBe('7902')
    expect(after.size).not.toBe(before.size)
    expect(Date.parse(after.updated_at)).toBeGreaterThan(Date.parse(before.updated_at))
    const [old, revised] = [
      await fetchStored(await locate(7002)),
      await fetchStored(await locateRevised(after.url)),
    ]
    expect(revised.status).toBe(200)
    expect(revised.bytes.equals(old.bytes)).toBe(false)
  })
})

async function locateRevised(url: string): Promise<string> {
  return String((await ask(url)).headers['location'])
}

describe('a broken download', () => {
  test('cut: ends before its length', async () => {
    const address = await locate()
    canvas.faults.add({ kind: 'cut', afterBytes: 500, on: 'files', times: 1 })
    await expect(fetchStored(address)).rejects.toThrow(/aborted|terminated|socket hang up|premature/i)
    expect((await fetchStored(address)).status).toBe(200)
  })

  test('wrong-length: claims more than it sends', async () => {
    const address = await locate()
    canvas.faults.add({ kind: 'wrong-length', delta: 77, on: 'files' })
    await expect(fetchStored(address)).rejects.toThrow(/aborted|terminated|socket hang up|premature/i)
  })

  test('wrong-length: claims less, so that the client stops early', async () => {
    const address = await locate()
    const whole = (await fetchStored(address)).bytes.byteLength
    canvas.faults.add({ kind: 'wrong-length', delta: -77, on: 'files' })
    // A strict client refuses the surplus, a lenient one stops at the claim; nobody gets the whole.
    const outcome = await fetchStored(address).then(
      ({ bytes }) => bytes.byteLength,
      (error: unknown) => (error as NodeJS.ErrnoException).code,
    )
    expect([whole - 77, 'HPE_CLOSED_CONNECTION']).toContain(outcome)
  })

  test('login-page: is HTML under status 200', async () => {
    canvas.faults.add({ kind: 'login-page', on: 'files' })
    const answer = await fetchStored(await locate())
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toContain('text/html')
  })

  test('private-redirect: points into the network of the client', async () => {
    canvas.faults.add({ kind: 'private-redirect', path: '/files/7002/download' })
    expect(await locate()).toBe('http://169.254.169.254/latest/meta-data/')
  })

  test('redirect-loop: never arrives, on either origin', async () => {
    const address = await locate()
    canvas.faults.add({ kind: 'redirect-loop' })
    expect(await locate()).toBe(`${canvas.origin}/files/7002/download`)
    expect((await fetchStored(address)).headers['location']).toBe(address)
  })
})
