import type { z } from 'zod'

import { Problem } from '../../contract/problem.ts'
import { StackFailure } from '../stack-failure.ts'
import { parsePrintable } from './printable.ts'

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly body?: unknown
  /** Sent as it is, in place of `body`. */
  readonly file?: Uint8Array<ArrayBuffer>
  readonly token?: string
}

/** Sends one request to the API. */
export async function send(
  origin: string,
  path: string,
  { method = 'GET', body, file, token }: Call,
): Promise<Response> {
  return fetch(`${origin}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(file === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(file === undefined ? {} : { body: file }),
  })
}

/** Reads an answer that fits the schema; throws StackFailure with what the API says when it refused. */
export async function readAnswer<S extends z.ZodType>(response: Response, schema: S): Promise<z.infer<S>> {
  // Everything printed comes in here, so here it is made fit for a terminal.
  const answer = parsePrintable(await response.text())
  if (response.ok) return schema.parse(answer)
  const problem = Problem.safeParse(answer).data
  throw new StackFailure(
    `${new URL(response.url).pathname} answered ${response.status}: ${problem?.detail ?? 'no reason given'}`,
  )
}

/** Sends a request and reads its answer; throws StackFailure. */
export async function call<S extends z.ZodType>(
  origin: string,
  path: string,
  schema: S,
  options: Call = {},
): Promise<z.infer<S>> {
  return readAnswer(await send(origin, path, options), schema)
}
