import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { inject } from 'vitest'

import { startApi, type StartOptions } from '../api/start.ts'
import { readApiConfig } from '../config/env.ts'
import { createLogger } from '../config/logger.ts'
import { Problem } from '../contract/problem.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export interface Call {
  readonly token?: string
  readonly body?: unknown
  /** Sent as it is, in place of `body`. */
  readonly raw?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // Tests look into answers freely.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

/** An account with its tokens. */
export interface Member {
  readonly user_id: string
  readonly workspace_id: string
  readonly email: string
  readonly password: string
  readonly token: string
  readonly refresh_token: string
}

/** The real API in this process, on a database of its own. */
export interface TestApi extends AsyncDisposable {
  readonly origin: string
  readonly database: TestDatabase
  /** PKCS #8 PEM of the key that signs its tokens. */
  readonly signingKey: string
  /** Everything it has logged. */
  readonly log: () => string
  call(method: string, path: string, call?: Call): Promise<Reply>
  /** Registers somebody and signs them in. */
  join(): Promise<Member>
}

/** Starts the API; `environment` goes over the settings made up here. */
export async function serveApi(
  environment: Readonly<Record<string, string>> = {},
  { temporal = ofThisRun() }: StartOptions = {},
): Promise<TestApi> {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await createTestDatabase())
  const signingKey = newSigningKey()
  const config = readApiConfig({
    DATABASE_URL: database.url,
    CREDENTIAL_KEYS: `test:${randomBytes(32).toString('base64')}`,
    AUTH_JWT_PRIVATE_KEY: signingKey,
    API_PORT: '0',
    SHUTDOWN_GRACE_SECONDS: '2',
    ...environment,
  })
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const logger = createLogger({ level: 'info', name: 'api', destination })
  const { origin } = opened.use(await startApi(config, logger, { temporal }))
  const started = opened.move()
  return {
    origin,
    database,
    signingKey,
    log: () => lines.join(''),
    call: (method, path, call) => send(origin, method, path, call),
    join: () => join(origin),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

function ofThisRun(): NonNullable<StartOptions['temporal']> {
  return { address: inject('temporalAddress'), namespace: inject('temporalNamespace') }
}

/** A new ES256 key as PKCS #8 PEM. */
export function newSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Sends one request; every problem is checked against its schema, and no answer may be an internal error. */
export async function send(origin: string, method: string, path: string, call: Call = {}): Promise<Reply> {
  const sent = call.raw ?? (call.body === undefined ? undefined : JSON.stringify(call.body))
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      ...(call.token !== undefined && { authorization: `Bearer ${call.token}` }),
      ...(sent !== undefined && { 'content-type': 'application/json' }),
      ...call.headers,
    },
    ...(sent !== undefined && { body: sent }),
  })
  const text = await response.text()
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '') && text !== ''
  const reply = {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : null,
  }
  if (reply.status >= 400 && method !== 'HEAD') checkProblem(reply)
  return reply
}

function checkProblem({ status, headers, body }: Reply): void {
  const problem = Problem.parse(body)
  const isWhole =
    headers.get('content-type') === 'application/problem+json; charset=utf-8' &&
    problem.status === status &&
    problem.trace_id === headers.get('x-request-id') &&
    problem.detail.length > 20
  const isReplay = headers.get('idempotent-replay') === 'true'
  if ((!isWhole && !isReplay) || status === 500) throw new Error(`a poor problem: ${JSON.stringify(problem)}`)
}

async function join(origin: string): Promise<Member> {
  const credentials = {
    email: `${randomBytes(8).toString('hex')}@example.edu`,
    password: randomBytes(18).toString('base64url'),
  }
  const { body: account } = await send(origin, 'POST', '/auth/register', { body: credentials })
  const { body: tokens } = await send(origin, 'POST', '/auth/login', { body: credentials })
  const { user_id, workspace_id } = account
  const { access_token: token, refresh_token } = tokens
  return { ...credentials, user_id, workspace_id, token, refresh_token }
}
