import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Seen } from './faults/fault.ts'
import type { Faults } from './faults/faults.ts'
import type { FileStore } from './file-store.ts'
import { requestUrl } from './listen.ts'
import { badRequest } from './protocol/refusals.ts'
import type { RequestLog } from './request-log.ts'
import { waitOut } from './wait-out.ts'
import { writeReply } from './write-reply.ts'

/** Serves one request to the file store. */
export async function serveFiles(
  store: FileStore,
  faults: Faults,
  requests: RequestLog,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = requestUrl(request, store.origin)
  const seen: Seen = { on: 'files', path: url?.pathname ?? '/' }
  const wire = { stringIds: false, headOnly: request.method === 'HEAD', faults, seen }
  if (url === null) return writeReply(response, badRequest('Invalid request address'), wire)
  requests.add('files', request, url)
  if (faults.take('network-down', seen) !== null) {
    request.socket.destroy()
    return
  }
  await waitOut(faults, seen)
  writeReply(response, store.answer(request, url, faults, seen), wire)
}
