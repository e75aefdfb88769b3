import type { IncomingMessage, ServerResponse } from 'node:http'
import { randomUUID } from 'node:crypto'
import type { CanvasFront } from './canvas-front.ts'
import { answerControl } from './control.ts'
import type { Seen } from './faults/fault.ts'
import type { Faults } from './faults/faults.ts'
import { requestUrl } from './listen.ts'
import { bearerToken } from './protocol/access-tokens.ts'
import { wantsStringIds } from './protocol/encode-json.ts'
import { badRequest, missingUserAgent, throttled } from './protocol/refusals.ts'
import type { Reply } from './protocol/reply.ts'
import { requestCost, type Throttle } from './protocol/throttle.ts'
import type { RequestLog } from './request-log.ts'
import { waitOut } from './wait-out.ts'
import { writeReply } from './write-reply.ts'

export interface CanvasSite {
  readonly origin: string
  readonly front: CanvasFront
  readonly faults: Faults
  readonly requests: RequestLog
  readonly throttle: Throttle
  readonly throttleStatus: 403 | 429
}

/** Serves one request to Canvas, from the switchboard to the wire. */
export async function serveCanvas(
  site: CanvasSite,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { faults } = site
  const url = requestUrl(request, site.origin)
  const seen: Seen = { on: 'canvas', path: url?.pathname ?? '/' }
  const wire = {
    stringIds: wantsStringIds(request.headers.accept),
    headOnly: request.method === 'HEAD',
    faults,
    seen,
  }
  if (url === null) return writeReply(response, badRequest('Invalid request address'), wire)
  if (url.pathname.startsWith('/_sandbox/')) {
    const reply = await answerControl(request, url.pathname, faults, site.requests)
    return writeReply(response, reply, { ...wire, faults: null })
  }
  site.requests.add('canvas', request, url)
  if (faults.take('network-down', seen) !== null) {
    request.socket.destroy()
    return
  }
  response.setHeader('x-request-context-id', randomUUID())
  response.setHeader('cache-control', 'max-age=0, private, must-revalidate')
  if ((request.headers['user-agent'] ?? '').trim() === '') {
    const form = faults.take('user-agent-html', seen) === null ? 'json' : 'html'
    return writeReply(response, missingUserAgent(form), wire)
  }
  const reply = await answerThrottled(site, request, url, seen)
  for (const [name, value] of Object.entries(reply.rate)) response.setHeader(name, value)
  writeReply(response, reply.reply, wire)
}

interface Rated {
  readonly reply: Reply
  readonly rate: Readonly<Record<string, string>>
}

/** Answers within the caller's bucket; a slow answer holds its up-front cost all the while. */
async function answerThrottled(
  site: CanvasSite,
  request: IncomingMessage,
  url: URL,
  seen: Seen,
): Promise<Rated> {
  const client = bearerToken(request.headers.authorization) ?? request.socket.remoteAddress ?? 'unknown'
  const admission = site.throttle.admit(client)
  if (!admission.admitted) {
    const left = admission.settle(0)
    return { reply: throttled(site.throttleStatus), rate: { 'x-rate-limit-remaining': String(left) } }
  }
  await waitOut(site.faults, seen)
  const reply = site.front.answer(request, url, seen)
  const cost = requestCost(reply.rows)
  const left = String(admission.settle(cost))
  return {
    reply,
    rate:
      reply.throttled === true
        ? { 'x-rate-limit-remaining': '0.0' }
        : { 'x-request-cost': String(cost), 'x-rate-limit-remaining': left },
  }
}
