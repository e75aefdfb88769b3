import jwt from 'jsonwebtoken'
import koaJwt from 'koa-jwt'

import { AccessClaims } from '../contract/accounts.ts'
import { ApiProblem } from '../contract/problem.ts'
import type { Route } from '../contract/routes.ts'
import { consumeStreamTicket } from '../db/intents/tickets.ts'
import type { OpenDatabase } from '../db/open.ts'
import { findAccount } from '../db/read/accounts.ts'
import { ALGORITHM, tenantClaim, type TokenPolicy } from './accounts/access-token.ts'
import type { AppContext } from './context.ts'
import type { Caller } from './route.ts'

const CLOCK_TOLERANCE_SECONDS = 5
const MS_PER_SECOND = 1_000

/** Finds out who asks and whether the route lets them; null on a route for everybody. Throws ApiProblem (401, 403). */
export type Authenticate = (ctx: AppContext, route: Route) => Promise<Caller | null>

/** Makes the check of tokens and scopes: the Authorization header alone, and on event streams a ticket in its place. */
export function createAuthenticate(policy: TokenPolicy, db: OpenDatabase): Authenticate {
  const verify = createVerifier(policy)
  return async (ctx, route) => {
    if (route.access === 'none') return null
    refuseTwo(ctx)
    const ticket = ticketOf(ctx, route)
    const bearer = ticket === undefined ? await verify(ctx) : await takeTicket(db, ticket)
    ctx.state.userId = bearer.sub
    const account = await findAccount(db.read, bearer.sub)
    if (account === null || tenantClaim(account) !== bearer.workspace_id) {
      throw unauthorized(
        'The account of this token is no longer there, or no longer in its place. Sign in again.',
      )
    }
    const caller = { ...bearer, tenant_id: account.tenant_id }
    if (route.access === 'user' || caller.scopes.includes(route.access)) return caller
    throw new ApiProblem(
      'FORBIDDEN',
      `This needs the scope ${route.access}, which your account does not have. An operator can grant it; then sign in again.`,
    )
  }
}

// Node keeps the first of two and says nothing: which of them a proxy before us has looked at, nobody knows.
function refuseTwo({ req }: AppContext): void {
  const sent = req.headersDistinct['authorization'] ?? []
  if (sent.length > 1) throw unauthorized('More than one Authorization header was sent. Send one.')
}

function ticketOf(ctx: AppContext, route: Route): string | undefined {
  const { ticket } = ctx.query
  const isTaken = route.answerType === 'text/event-stream' && ctx.get('Authorization') === ''
  return isTaken && typeof ticket === 'string' ? ticket : undefined
}

type Bearer = Omit<Caller, 'tenant_id'>

async function takeTicket(db: OpenDatabase, ticket: string): Promise<Bearer> {
  const bearer = await consumeStreamTicket(db.write, ticket)
  if (bearer === null) {
    throw unauthorized(
      'This ticket was used or is too old. Get a new one with POST /auth/stream-tickets: it works once, for 30 seconds.',
    )
  }
  const exp = Math.floor(bearer.token_expires_at.getTime() / MS_PER_SECOND)
  return { sub: bearer.user_id, workspace_id: bearer.tenant_id, scopes: [], exp }
}

function createVerifier(policy: TokenPolicy): (ctx: AppContext) => Promise<Bearer> {
  const options = {
    secret: policy.publicKey,
    key: 'claims',
    algorithms: [ALGORITHM],
    issuer: policy.issuer,
    audience: policy.audience,
    maxAge: policy.seconds,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
  }
  const verify = koaJwt(options)
  return async (ctx) => {
    try {
      await verify(ctx, async () => undefined)
    } catch (error) {
      throw refused(ctx, error)
    }
    const claims = AccessClaims.safeParse('claims' in ctx.state ? ctx.state.claims : undefined)
    if (claims.success) return claims.data
    throw unauthorized('The access token does not say all it has to. Sign in again.', claims.error)
  }
}

function refused(ctx: AppContext, error: unknown): ApiProblem {
  if (ctx.get('Authorization') === '') {
    return unauthorized(
      'This needs an access token. Sign in with POST /auth/login and send it as Authorization: Bearer <token>.',
    )
  }
  const reason = error instanceof Error && 'originalError' in error ? error.originalError : error
  return reason instanceof jwt.TokenExpiredError
    ? unauthorized('The access token has expired. Renew it with POST /auth/refresh, or sign in again.', error)
    : unauthorized('The access token is not one of this service. Sign in again.', error)
}

/** The problem of a request that does not say who asks. */
export function unauthorized(detail: string, cause?: unknown): ApiProblem {
  return new ApiProblem('UNAUTHORIZED', detail, { cause })
}
