import type { Context } from 'koa'
import type { Logger } from 'pino'

import { ApiProblem } from '../contract/problem.ts'
import type { Route } from '../contract/routes.ts'
import type { OpenDatabase } from '../db/open.ts'
import { answerOnce } from './answer-once.ts'
import type { Authenticate } from './authenticate.ts'
import { checkAnswer, type AnyAnswer } from './check-answer.ts'
import { ClientLeft } from './client-left.ts'
import type { AppContext } from './context.ts'
import type { Limiter } from './limits/limiter.ts'
import { canonicalEndpoint, fingerprintOf, requestIdOf } from './idempotency-key.ts'
import { parseBody, parseParameters } from './parse-request.ts'
import { noteOnce } from './note-once.ts'
import { problemReply } from './problem-reply.ts'
import { createBodyReader } from './read-body.ts'
import { asRefused, readParameters } from './refuse-with-400.ts'
import { sendReply, type Reply } from './reply.ts'
import type { Caller } from './route.ts'

/** A request as handlers take it, whichever route it is for. */
export interface AnyRequest {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly user: Caller | null
  readonly requestId: string | null
  readonly traceId: string
  readonly ctx: Context
  readonly signal: AbortSignal
}

export type AnyHandler = (request: AnyRequest) => Promise<AnyAnswer | undefined>

interface Services {
  readonly db: OpenDatabase
  readonly authenticate: Authenticate
  readonly limiter: Limiter
  readonly logger: Logger
}

type Serve = (ctx: AppContext & Context, params: Readonly<Record<string, string>>) => Promise<void>

/** Makes what serves a route: who asks, what is asked, once or again, and the answer checked against the route. */
export function serveRoute(
  route: Route,
  answer: AnyHandler,
  { limiter, logger, ...services }: Services,
): Serve {
  const { db, authenticate } = services
  const handler: AnyHandler = async (request) => {
    const { ctx, query, user } = request
    // Here, so that a request sent again and answered from what is kept takes nothing.
    if (user !== null) await limiter.begin(ctx, { route, query, user })
    return answer(request).catch(async (error: unknown) => {
      const isRefusal = error instanceof ApiProblem && error.code === 'INVALID_STATE_TRANSITION'
      if (isRefusal && user !== null)
        await noteOnce(db, logger, user.tenant_id, { topic: 'refusal', to_state: 'refused' })
      throw asRefused(route, error)
    })
  }
  const readBody = createBodyReader(route)
  const takesRequestId = route.method !== 'get' && route.access !== 'none'
  return async (ctx, rawParams) => {
    const user = await authenticate(ctx, route)
    if (user !== null) ctx.vary('Authorization')
    const params = readParameters(route, () => parseParameters(route.params, rawParams))
    const query = readParameters(route, () => parseParameters(route.query, { ...ctx.query }))
    const body = route.body === undefined ? undefined : parseBody(route.body, await readBody(ctx))
    const requestId = takesRequestId ? requestIdOf(ctx.get('Idempotency-Key'), body) : null
    const { traceId, log } = ctx.state
    const request = { params, query, body, user, requestId, traceId, ctx, signal: signalOf(ctx) }
    if (requestId === null || user === null || route.keepsReply === false) {
      const answer = await handler(request)
      // An event stream has written its answer itself.
      if (answer !== undefined) sendReply(ctx, checkAnswer(route, answer))
      return
    }
    const endpoint = canonicalEndpoint(route, rawParams)
    const reply = await answerOnce({
      db,
      log,
      key: { tenant_id: user.tenant_id, endpoint, request_id: requestId },
      fingerprint: fingerprintOf(user.sub, { query, body }),
      run: () => runToReply(route, handler, request),
    })
    sendReply(ctx, reply)
  }
}

/** Runs a handler to a reply that can be kept: what it refuses is a reply too, what is our fault is not. */
async function runToReply(route: Route, handler: AnyHandler, request: AnyRequest): Promise<Reply> {
  try {
    const answer = await handler(request)
    return checkAnswer(route, answer ?? { status: 0 })
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status >= 500) throw error
    return problemReply(error, { instance: request.ctx.path, traceId: request.traceId })
  }
}

function signalOf({ res }: AppContext): AbortSignal {
  const controller = new AbortController()
  res.once('close', () => controller.abort(new ClientLeft()))
  return controller.signal
}
