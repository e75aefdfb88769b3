import type { IncomingMessage } from 'node:http'
import { Refusal, type Call } from './call.ts'
import type { Seen } from './faults/fault.ts'
import type { Faults } from './faults/faults.ts'
import { authenticate, bearerToken, missingScope, type ExtraTokens } from './protocol/access-tokens.ts'
import * as refuse from './protocol/refusals.ts'
import type { Reply } from './protocol/reply.ts'
import { isoUtc } from './term.ts'
import { findRoute, type Route } from './router.ts'
import { API_ROUTES, downloadRoutes } from './routes/index.ts'
import type { World } from './world.ts'

const FIRST_REPORT_ID = 1_000_001n

/** The front door of Canvas: who asks, may he, which route, in the order Canvas asks it. */
export class CanvasFront {
  readonly #site: Omit<Call, 'user' | 'now' | 'params' | 'query' | 'seen'> & {
    readonly now: () => Date
    readonly tokens: ExtraTokens
  }
  #reports = 0n

  constructor(site: {
    world: World
    origin: string
    faults: Faults
    signFile: (versionId: bigint) => string
    maxPerPage: number
    now: () => Date
    tokens: ExtraTokens
  }) {
    this.#site = site
  }

  /** Answers a request that the throttle let in. */
  answer(request: IncomingMessage, url: URL, seen: Seen): Reply {
    const forced = this.#forced(seen)
    if (forced !== null) return forced
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse.notFound()
    if (url.pathname.startsWith('/api/')) return this.#api(request, url, seen)
    if (url.pathname === '/login/canvas') return refuse.loginPage()
    return this.#browser(request, url, seen)
  }

  /** Faults that need no route. */
  #forced(seen: Seen): Reply | null {
    const { faults, origin } = this.#site
    if (faults.take('server-error', seen) !== null)
      return refuse.serverError(FIRST_REPORT_ID + this.#reports++)
    if (faults.take('throttle-403', seen) !== null) return refuse.throttled(403)
    if (faults.take('throttle-429', seen) !== null) return refuse.throttled(429)
    if (faults.take('login-page', seen) !== null) return refuse.loginPage()
    if (faults.take('login-redirect', seen) !== null) return refuse.toLogin(origin)
    if (faults.take('not-found', seen) !== null) return refuse.notFound()
    if (faults.take('permission-403', seen) !== null) return refuse.unauthorized(403)
    return null
  }

  #api(request: IncomingMessage, url: URL, seen: Seen): Reply {
    const found = findRoute(API_ROUTES, url.pathname)
    return this.#run(found, request, url, seen) ?? refuse.notFound()
  }

  /** Addresses for people: only downloads take a token, everything else leads to the login page. */
  #browser(request: IncomingMessage, url: URL, seen: Seen): Reply {
    const found = findRoute(downloadRoutes, url.pathname)
    if (bearerToken(request.headers.authorization) === null) return refuse.toLogin(this.#site.origin)
    return this.#run(found, request, url, seen) ?? refuse.toLogin(this.#site.origin)
  }

  #run(found: ReturnType<typeof findRoute>, request: IncomingMessage, url: URL, seen: Seen): Reply | null {
    const now = this.#site.now()
    const token = bearerToken(request.headers.authorization)
    const overruled = this.#overruled(token, seen, now)
    if (overruled !== null) return overruled
    const identity = authenticate(token, now, this.#site.tokens)
    if ('refusal' in identity) return identity.refusal
    if (found === null) return null
    const unscoped = missingScope(identity.grant, found.route.scope)
    if (unscoped !== null) return unscoped
    const call: Call = {
      ...this.#site,
      now,
      user: identity.grant.user,
      params: found.params,
      query: url.searchParams,
      seen,
    }
    return answerRoute(found.route, call)
  }

  /** A live token that was taken back, or ran out, while the sandbox runs. */
  #overruled(token: string | null, seen: Seen, now: Date): Reply | null {
    if (token === null) return null
    const { faults } = this.#site
    const mine = (fault: { token?: string | undefined }) => fault.token === undefined || fault.token === token
    if (faults.take('revoked-token', seen, mine) !== null) return refuse.revokedToken()
    if (faults.take('expired-token', seen, mine) !== null) return refuse.expiredToken(isoUtc(now))
    return null
  }
}

function answerRoute(route: Route, call: Call): Reply {
  const disabled = call.faults.take('tab-disabled', call.seen, ({ tab }) => tab === route.tab)
  if (disabled !== null) return refuse.tabDisabled()
  try {
    return route.answer(call)
  } catch (error) {
    if (error instanceof Refusal) return error.reply
    throw error
  }
}
