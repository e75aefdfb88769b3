import { createHash } from 'node:crypto'
import type { Context } from 'koa'

import type { RateLimits } from '../../config/rate-limits.ts'
import { ApiProblem } from '../../contract/problem.ts'
import type { Ask, Decision, RateLimit } from '../../contract/rate-limit.ts'
import type { Route } from '../../contract/routes.ts'
import { giveBackToLimits, takeOfLimits } from '../../db/intents/rate-limits.ts'
import type { OpenDatabase } from '../../db/open.ts'
import type { Caller } from '../route.ts'
import { addressKey } from './address-key.ts'

export interface SignInAttempt {
  /** Counts it as no attempt at guessing: the password was right. */
  succeeded(): Promise<void>
}

/** Counts what callers begin, in PostgreSQL, so that all API processes count together. */
export interface Limiter {
  /** Counts a request that begins something for its user and their tenant. Throws ApiProblem (429). */
  begin(ctx: Context, asked: { route: Route; query: unknown; user: Caller }): Promise<void>
  /** Counts an attempt to sign in for its address and the account it is for. Throws ApiProblem (429). */
  signIn(ctx: Context, email: string): Promise<SignInAttempt>
  /** Counts an account that is to be made, for its address. Throws ApiProblem (429). */
  register(ctx: Context): Promise<void>
  /** Counts a renewal for its address and the account of its token, where there is one. Throws ApiProblem (429). */
  refresh(ctx: Context, user_id: string | null): Promise<void>
}

// Hashed, so that the table tells nobody who signs in, nor from where.
function ask(name: string, limit: RateLimit, parts: readonly string[]): Ask {
  const key = createHash('sha256')
    .update(JSON.stringify([name, ...parts]))
    .digest('base64url')
  return { key, name, limit }
}

const SECONDS_OF_A_MINUTE = 60

function wordWait(seconds: number): string {
  if (seconds <= 1) return '1 second'
  return seconds < 2 * SECONDS_OF_A_MINUTE
    ? `${seconds} seconds`
    : `${Math.ceil(seconds / SECONDS_OF_A_MINUTE)} minutes`
}

/** The limits and how they stand, in the fields of the IETF draft draft-ietf-httpapi-ratelimit-headers-10. */
function tell(ctx: Context, { standings }: Decision): void {
  const policies = standings.map(({ name, limit }) => `"${name}";q=${limit.amount};w=${limit.seconds}`)
  const stands = standings.map(
    ({ name, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`,
  )
  ctx.set('RateLimit-Policy', policies.join(', '))
  ctx.set('RateLimit', stands.join(', '))
}

function refuse({ standings }: Decision, what: string): never {
  const refused = standings.filter(({ isRefused }) => isRefused)
  const retryAfterSeconds = Math.max(1, ...refused.map(({ waitSeconds }) => waitSeconds))
  const whose = refused.map(({ name }) => name.replace('-from-', ' from this '))
  throw new ApiProblem(
    'RATE_LIMITED',
    `Too many ${what} for this ${whose.join(' and this ')}. Wait ${wordWait(retryAfterSeconds)}, then send the request again.`,
    { retryAfterSeconds },
  )
}

const isReprocess = (query: unknown): boolean =>
  typeof query === 'object' && query !== null && 'reprocess' in query && query.reprocess === 'true'

const WORDS = {
  start: 'starts',
  reprocess: 'reprocesses',
  submission: 'submissions',
  job: 'jobs',
} as const

/** Makes the counting of requests, by these limits. */
export function createLimiter(db: OpenDatabase, limits: RateLimits): Limiter {
  const take = async (ctx: Context, asks: readonly Ask[], what: string): Promise<Decision> => {
    const decision = await takeOfLimits(db.write, asks)
    tell(ctx, decision)
    if (!decision.isAdmitted) refuse(decision, what)
    return decision
  }
  return {
    async begin(ctx, { route, query, user }) {
      if (route.begins === undefined) return
      const kind = route.begins === 'start' && isReprocess(query) ? 'reprocess' : route.begins
      const asks = [
        ask('user', limits[kind].user, [kind, user.sub]),
        ask('tenant', limits[kind].tenant, [kind, user.tenant_id]),
      ]
      await take(ctx, asks, WORDS[kind])
    },
    async signIn(ctx, email) {
      const address = addressKey(ctx.ip)
      const own = ask('account-from-address', limits.login.accountFromAddress, [email, address])
      // Wrong passwords from elsewhere keep nobody out who has not mistaken theirs: that would lock people out at will.
      const account = { ...ask('account', limits.login.account, [email]), sparing: own.key }
      const all = ask('address', limits.login.address, [address])
      const { standings } = await take(ctx, [all, own, account], 'attempts to sign in')
      const taken = standings.filter(({ key, isTaken }) => isTaken && key !== all.key)
      return { succeeded: () => giveBackToLimits(db.write, taken) }
    },
    async register(ctx) {
      const address = ask('address', limits.register.address, ['register', addressKey(ctx.ip)])
      await take(ctx, [address], 'new accounts')
    },
    async refresh(ctx, user_id) {
      const address = ask('address', limits.refresh.address, ['refresh', addressKey(ctx.ip)])
      const own = user_id === null ? [] : [ask('account', limits.refresh.account, ['refresh', user_id])]
      await take(ctx, [address, ...own], 'renewals')
    },
  }
}
