import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { describe, expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../../deploy/check-ready.mjs', import.meta.url))
const run = promisify(execFile)

async function serve(status: number) {
  const server = createServer((_, response) => response.writeHead(status).end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/readyz`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const check = (url: string) => run(process.execPath, [SCRIPT, url])

describe('deploy/check-ready.mjs', () => {
  test('ends well when the server is ready', async () => {
    await using server = await serve(200)
    expect((await check(server.url)).stdout).toBe('200\n')
  })

  test('ends badly while it is not', async () => {
    await using server = await serve(503)
    await expect(check(server.url)).rejects.toMatchObject({ code: 1, stdout: '503\n' })
  })

  test('ends badly, and says why, when nothing answers', async () => {
    const server = await serve(200)
    await server[Symbol.asyncDispose]()
    await expect(check(server.url)).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('ECONNREFUSED'),
    })
  })
})
