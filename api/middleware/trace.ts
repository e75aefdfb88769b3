import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'

import { bindLogger } from '../../config/logger.ts'
import type { AppContext, AppMiddleware } from '../context.ts'

const TRACE_ID = /^[\w-]{8,64}$/
// Asked every few seconds by whatever watches the process.
const PROBES = /\/(livez|readyz)$/

/** Gives each request an id, the client's own if it is a fitting one, and logs each request once when it is over. */
export function trace(logger: Logger): AppMiddleware {
  return async (ctx, next) => {
    const sent = ctx.get('X-Request-Id')
    const traceId = TRACE_ID.test(sent) ? sent : randomUUID()
    ctx.state.traceId = traceId
    ctx.state.log = bindLogger(logger, { request_id: traceId })
    ctx.set('X-Request-Id', traceId)
    const startedAt = performance.now()
    ctx.res.once('close', () => logRequest(ctx, performance.now() - startedAt))
    await next()
  }
}

function logRequest({ state, method, path, res }: AppContext, elapsedMs: number): void {
  // Never the query: it may hold a stream ticket.
  const { userId: user_id, jobId: job_id } = state
  const line = { method, path, status: res.statusCode, ms: Math.round(elapsedMs), user_id, job_id }
  const level = PROBES.test(path) ? 'debug' : 'info'
  state.log[level](line, res.writableFinished ? 'request' : 'request left by the client')
}
