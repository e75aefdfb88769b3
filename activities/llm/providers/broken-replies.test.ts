import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { Secret } from '../../../config/secret.ts'
import type { SpentCall } from '../port.ts'
import { createModelProvider } from './provider.ts'

// What proxies and overloaded servers send instead of an answer: every protocol has to see it for what it is.

type Reply = (response: ServerResponse) => void

const KEY = 'planted-key'
const PROVIDERS = ['openai-compatible', 'openai', 'anthropic', 'google'] as const
const JSON_TYPE = { 'content-type': 'application/json' }

let server: Server
let reply: Reply
let headers: string[]

beforeEach(async () => {
  headers = []
  server = createServer((request, response) => {
    headers.push(JSON.stringify(request.headers))
    request.resume().on('end', () => reply(response))
  })
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((closed) => void server.close(closed))
})

const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

async function outcomeOf(provider: (typeof PROVIDERS)[number]): Promise<SpentCall[]> {
  const spent: SpentCall[] = []
  const choice = { provider, model: 'any', apiKey: new Secret(KEY), baseUrl: origin() }
  const llm = createModelProvider({
    provider,
    choices: {
      distill: [choice],
      draft: [choice],
      judge: [choice],
      assess: [choice],
      advise: [choice],
      work_job: [choice],
    },
    timeout_ms: 10_000,
    max_output_tokens: 1_000,
  })
  const claims = [{ id: 'a', claim: 'Cite in MLA', quote: 'Cite in MLA style' }]
  const book = async (call: SpentCall): Promise<void> => void spent.push(call)
  const { signal } = new AbortController()
  await expect(llm.run('judge', { claims }, { signal, book })).rejects.toMatchObject({ name: 'RunFailure' })
  return spent
}

const BROKEN: readonly (readonly [string, Reply])[] = [
  ['an answer that breaks off', (response) => breakOff(response.writeHead(200, JSON_TYPE))],
  [
    'an answer shorter than announced',
    (response) => breakOff(response.writeHead(200, { ...JSON_TYPE, 'content-length': '5000' })),
  ],
  ['a page instead of an answer', (response) => response.end('<html>One moment, please</html>')],
  ['nothing at all', (response) => response.writeHead(200, JSON_TYPE).end()],
]

function breakOff(response: ServerResponse): void {
  response.write('{"id":"x","choi', () => response.destroy())
}

test.each(BROKEN.flatMap(([name, how]) => PROVIDERS.map((provider) => [name, provider, how] as const)))(
  '%s from %s is tried again',
  async (_, provider, how) => {
    reply = how
    expect(await outcomeOf(provider)).toMatchObject([
      { outcome: 'MODEL_UNAVAILABLE', failure: 'broken_reply', input_tokens: 0 },
    ])
  },
)

test('an envelope without an answer in it is tried again', async () => {
  reply = (response) => response.writeHead(200, JSON_TYPE).end('{"id":"x","choices":[]}')
  expect(await outcomeOf('openai-compatible')).toMatchObject([{ failure: 'broken_reply' }])
})

test('an answer without a word is asked for again, then invalid', async () => {
  const empty = {
    candidates: [{ index: 0, content: { role: 'model', parts: [{ text: '' }] }, finishReason: 'STOP' }],
  }
  reply = (response) =>
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`data: ${JSON.stringify(empty)}\n\n`)
  expect(await outcomeOf('google')).toMatchObject([{ failure: 'misshapen' }, { failure: 'misshapen' }])
})

test.each(PROVIDERS)(
  'a redirect is not followed: the key of %s stays where it was sent',
  async (provider) => {
    reply = (response) => response.writeHead(307, { location: `${origin()}/elsewhere` }).end()
    await outcomeOf(provider)
    expect(headers).toHaveLength(1)
    expect(headers[0]).toContain(KEY)
  },
)
