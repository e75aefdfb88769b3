import { Router } from '@koa/router'
import Koa from 'koa'
import type { Logger } from 'pino'

import type { ApiConfig } from '../config/env.ts'
import { PREFIXES, ROUTES, type Operation, type Route } from '../contract/routes.ts'
import type { OpenDatabase } from '../db/open.ts'
import { createTokenPolicy } from './accounts/access-token.ts'
import { createAuthenticate } from './authenticate.ts'
import type { AppState } from './context.ts'
import { cors } from './middleware/cors.ts'
import { fallback } from './middleware/fallback.ts'
import { answerProblems } from './middleware/problems.ts'
import { securityHeaders } from './middleware/security-headers.ts'
import { trace } from './middleware/trace.ts'
import type { Limiter } from './limits/limiter.ts'
import type { AppHandlers } from './route.ts'
import { createServiceHandlers, type Readiness } from './routes/service.ts'
import { serveRoute, type AnyHandler } from './serve-route.ts'

export interface AppOptions {
  readonly config: ApiConfig
  readonly logger: Logger
  readonly db: OpenDatabase
  readonly handlers: AppHandlers
  readonly limiter: Limiter
  readonly readiness: Readiness
}

/** A path as the router takes it; `{path}` at the end is the rest of the path, with its slashes. */
function patternOf({ path }: Route): string {
  return path.replace(/\{path\}$/, '*path').replace(/\{(\w+)\}/g, ':$1')
}

/** Puts the application together: every route of the contract, under every prefix, behind one chain of checks. */
export function createApp({ config, logger, db, handlers, limiter, readiness }: AppOptions): Koa<AppState> {
  // Without a proxy of ours anybody could name any address as their own.
  const proxies = config.TRUSTED_PROXIES
  const app = new Koa<AppState>({ proxy: proxies > 0, maxIpsCount: proxies })
  // Errors are answered and logged by our own middleware; what reaches Koa comes from a connection that broke.
  app.silent = true
  app.on('error', (error: unknown) => logBrokenConnection(logger, error))
  const router = createRouter({ config, logger, db, handlers, limiter, readiness })
  app.use(trace(logger))
  app.use(securityHeaders())
  app.use(cors(config.CORS_ORIGINS))
  app.use(answerProblems())
  app.use(router.routes())
  app.use(fallback(router))
  return app
}

function createRouter({ config, logger, db, handlers, limiter, readiness }: AppOptions): Router<AppState> {
  const router = new Router<AppState>({ sensitive: true, strict: true })
  const authenticate = createAuthenticate(createTokenPolicy(config), db)
  const all = { ...handlers, ...createServiceHandlers(readiness) }
  for (const [operation, route] of Object.entries<Route>(ROUTES)) {
    // Each handler was checked against its own route; from here on they are all treated alike.
    const handler = all[operation as Operation] as AnyHandler
    const serve = serveRoute(route, handler, { db, authenticate, limiter, logger })
    const paths = PREFIXES.map((prefix) => prefix + patternOf(route))
    router.register(paths, [route.method], (ctx) => serve(ctx, ctx.params))
  }
  return router
}

// How Node tells that the other side went away, or stopped speaking HTTP, in the middle of a request.
const GONE_CODES = /^(ERR_STREAM_PREMATURE_CLOSE|ECONNRESET|EPIPE|ECONNABORTED|HPE_\w+)$/

function logBrokenConnection(logger: Logger, error: unknown): void {
  const isGone = error instanceof Error && 'code' in error && GONE_CODES.test(String(error.code))
  if (!isGone) logger.error({ err: error }, 'an answer could not be written')
}
