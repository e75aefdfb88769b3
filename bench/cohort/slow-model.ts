import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

import { z } from 'zod'

const Asked = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) })

export interface SlowModel extends AsyncDisposable {
  readonly baseUrl: string
  /** How often it was asked for each step. */
  readonly asked: ReadonlyMap<string, number>
}

const task = {
  requirement_ids: [],
  criterion_ids: [],
  what: 'Work from the sheet.',
  deliverable: 'Notes',
  done: 'It is done.',
}
const milestone = (id: string, tasks: readonly object[]) => ({
  id,
  title: 'A part',
  purpose: 'It comes here.',
  tasks,
})

const ANSWERS: Readonly<Record<string, (prompt: string) => object>> = {
  distill: () => ({
    requirements: [],
    suspicious: [],
    ai_policy: { quotes: [], level: 'none_said' },
    open_questions: [],
    objective: 'Do what the sheet describes.',
    genre: 'essay',
  }),
  draft: () => ({
    milestones: [
      milestone('start', [{ ...task, id: 'read', title: 'Read the sheet', minutes: 20, depends_on: [] }]),
      milestone('work', [{ ...task, id: 'do', title: 'Do it', minutes: 200, depends_on: ['read'] }]),
    ],
    risks: [],
    failure_modes: [],
    success: 'The work is done.',
  }),
  judge: (prompt) => ({
    verdicts: [...prompt.matchAll(/<<<data \w+ (C\d+)>>>/g)].map(([, claim]) => ({
      claim,
      reason: 'It says so.',
      verdict: 'entailed',
    })),
  }),
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

function streamed(response: ServerResponse, content: string): void {
  const about = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'slow' }
  const usage = {
    prompt_tokens: Math.ceil(content.length / 2),
    completion_tokens: Math.ceil(content.length / 4),
    total_tokens: content.length,
  }
  const chunks = [
    { ...about, choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }] },
    { ...about, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    { ...about, choices: [], usage },
  ]
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const chunk of chunks) response.write(`data: ${JSON.stringify(chunk)}\n\n`)
  response.end('data: [DONE]\n\n')
}

/** A model that answers each question after so long, in the protocol of chat completions. */
export async function startSlowModel(answerMs: number): Promise<SlowModel> {
  const asked = new Map<string, number>()
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { messages } = Asked.parse(JSON.parse(await readAll(request)))
    const step = /Waymark step: (\w+)\./.exec(messages[0]?.content ?? '')?.[1] ?? ''
    asked.set(step, (asked.get(step) ?? 0) + 1)
    await delay(answerMs)
    streamed(response, JSON.stringify(ANSWERS[step]?.(messages.at(-1)?.content ?? '') ?? {}))
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((closed) => void server.close(closed))
    },
  }
}
