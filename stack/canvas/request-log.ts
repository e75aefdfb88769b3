import type { IncomingMessage } from 'node:http'

export interface RequestRecord {
  readonly on: 'canvas' | 'files'
  readonly method: string
  readonly path: string
  /** The query, with the token of a signed address left out. */
  readonly query: string
  /** Lower-case names only: values may be secrets. */
  readonly headerNames: readonly string[]
  readonly authorization: boolean
}

const MOST_KEPT = 10_000

/** What was asked of the sandbox, oldest first. */
export class RequestLog {
  #records: RequestRecord[] = []

  add(on: RequestRecord['on'], request: IncomingMessage, url: URL): void {
    const query = new URLSearchParams([...url.searchParams].filter(([name]) => name !== 'token'))
    this.#records.push({
      on,
      method: request.method ?? 'GET',
      path: url.pathname,
      query: query.toString(),
      headerNames: Object.keys(request.headers),
      authorization: request.headers.authorization !== undefined,
    })
    if (this.#records.length > MOST_KEPT) this.#records.shift()
  }

  all(): readonly RequestRecord[] {
    return [...this.#records]
  }

  clear(): void {
    this.#records = []
  }
}
