import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'

export const MAYA_TOKEN = 'sandbox~maya-okafor~student'

export interface Asking {
  /** Null sends no Authorization at all. */
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
  readonly method?: string
  readonly body?: string
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
  readonly text: string
}

/** Sends one request, follows nothing, and rejects when the connection breaks. For tests of this server. */
export async function ask(url: string, asking: Asking = {}): Promise<Answer> {
  const token = asking.token === undefined ? MAYA_TOKEN : asking.token
  const headers = {
    'user-agent': 'Waymark-test/1.0',
    accept: 'application/json+canvas-string-ids',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...asking.headers,
  }
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const outgoing = request(url, { method: asking.method ?? 'GET', headers, agent: false }, (response) => {
    buffer(response).then(
      (bytes) =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          text: bytes.toString('utf8'),
        }),
      reject,
    )
  })
  outgoing.on('error', reject)
  outgoing.end(asking.body)
  return promise
}
