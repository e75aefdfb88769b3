import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { z } from 'zod'
import { parseJson } from '../../contract/parse-json.ts'
import { faultSchema } from './faults/fault.ts'
import type { Faults } from './faults/faults.ts'
import { badRequest, notFound } from './protocol/refusals.ts'
import { json, text, type Reply } from './protocol/reply.ts'
import type { RequestLog } from './request-log.ts'

const faultsBody = z.union([faultSchema.transform((fault) => [fault]), z.array(faultSchema)])

/** Answers the switchboard under /_sandbox, for programs on this machine alone. */
export async function answerControl(
  request: IncomingMessage,
  path: string,
  faults: Faults,
  log: RequestLog,
): Promise<Reply> {
  // A page in a browser may reach loopback; it cannot do so without an Origin header.
  if (!isLoopback(request.socket.remoteAddress ?? '') || request.headers.origin !== undefined) {
    return text('The switchboard answers programs on this machine only.\n', 403)
  }
  if (path === '/_sandbox/faults') return answerFaults(request, faults)
  if (path !== '/_sandbox/requests') return notFound()
  if (request.method === 'DELETE') log.clear()
  return json(log.all())
}

async function answerFaults(request: IncomingMessage, faults: Faults): Promise<Reply> {
  if (request.method === 'DELETE') faults.clear()
  if (request.method !== 'POST') return json(faults.list())
  const parsed = faultsBody.safeParse(parseJson(await readText(request)))
  if (!parsed.success) return badRequest(z.prettifyError(parsed.error))
  faults.add(...parsed.data)
  return json(faults.list(), 201)
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '')
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'))
}
