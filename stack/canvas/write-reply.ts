import type { ServerResponse } from 'node:http'
import type { Seen } from './faults/fault.ts'
import type { Faults } from './faults/faults.ts'
import { encodeJson } from './protocol/encode-json.ts'
import type { Reply } from './protocol/reply.ts'

export interface Wire {
  readonly stringIds: boolean
  readonly headOnly: boolean
  /** Null on the switchboard, which no fault may break. */
  readonly faults: Faults | null
  readonly seen: Seen
}

/** Puts a reply on the wire, whole or as broken as the faults want it. */
export function writeReply(response: ServerResponse, reply: Reply, wire: Wire): void {
  const { type, content } = encode(reply, wire.stringIds)
  response.statusCode = reply.status
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value)
  if (type !== null) response.setHeader('content-type', type)
  response.setHeader('content-length', content.byteLength)
  if (wire.headOnly) {
    response.end()
    return
  }
  const cut = wire.faults?.take('cut', wire.seen) ?? null
  const lie = cut === null ? (wire.faults?.take('wrong-length', wire.seen) ?? null) : null
  if (cut !== null) breakOff(response, content.subarray(0, cut.afterBytes))
  else if (lie !== null) endMislabelled(response, content, Math.max(0, content.byteLength + lie.delta))
  else response.end(content)
}

/** Sends a part under the length of the whole and drops the connection. */
function breakOff(response: ServerResponse, part: Uint8Array): void {
  response.setHeader('connection', 'close')
  response.write(part, () => response.socket?.destroySoon())
}

/** Sends the whole under another length and closes the connection. */
function endMislabelled(response: ServerResponse, content: Uint8Array, claimed: number): void {
  response.setHeader('connection', 'close')
  response.setHeader('content-length', claimed)
  response.write(content, () => response.socket?.destroySoon())
}

function encode({ body }: Reply, stringIds: boolean): { type: string | null; content: Uint8Array } {
  if (body.kind === 'none') return { type: null, content: Buffer.alloc(0) }
  if (body.kind === 'bytes') return { type: body.type, content: body.bytes }
  if (body.kind === 'text') return { type: body.type, content: Buffer.from(body.text) }
  return { type: 'application/json; charset=utf-8', content: Buffer.from(encodeJson(body.value, stringIds)) }
}
