import { MAYA, JONAS, PRIYA, type User } from '../people.ts'
import { isoUtc } from '../term.ts'
import { expiredToken, insufficientScopes, invalidToken, revokedToken, unauthenticated } from './refusals.ts'
import type { Reply } from './reply.ts'

interface TokenRecord {
  readonly user: User
  readonly state: 'live' | 'expired' | 'revoked'
  /** Scopes of the developer key; null means the key does not enforce any. */
  readonly scopes: readonly string[] | null
}

const NARROW = [
  'url:GET|/api/v1/users/:id',
  'url:GET|/api/v1/users/:user_id/profile',
  'url:GET|/api/v1/courses',
]

/** Every access token of the sandbox. They are made up and open nothing but this server. */
const ACCESS_TOKENS: Readonly<Record<string, TokenRecord>> = {
  'sandbox~maya-okafor~student': { user: MAYA, state: 'live', scopes: null },
  'sandbox~jonas-weber~student': { user: JONAS, state: 'live', scopes: null },
  'sandbox~maya-okafor~narrow-scopes': { user: MAYA, state: 'live', scopes: NARROW },
  'sandbox~priya-raman~not-enrolled': { user: PRIYA, state: 'live', scopes: null },
  'sandbox~maya-okafor~expired': { user: MAYA, state: 'expired', scopes: null },
  'sandbox~maya-okafor~revoked': { user: MAYA, state: 'revoked', scopes: null },
}

const EXPIRED_SINCE_MS = 3 * 24 * 60 * 60 * 1000

export interface Grant {
  readonly user: User
  readonly scopes: readonly string[] | null
}

/** The bearer token of an Authorization header (RFC 6750, section 2.1), or null when there is none. */
export function bearerToken(authorization: string | undefined): string | null {
  return /^Bearer +(\S+)$/.exec(authorization ?? '')?.[1] ?? null
}

/** Further live tokens of one sandbox, each with the user it belongs to. */
export type ExtraTokens = ReadonlyMap<string, User>

/** Decides who asks, or how Canvas turns the token away. */
export function authenticate(
  token: string | null,
  now: Date,
  extra: ExtraTokens = new Map(),
): { grant: Grant } | { refusal: Reply } {
  if (token === null) return { refusal: unauthenticated() }
  const owner = extra.get(token)
  if (owner !== undefined) return { grant: { user: owner, scopes: null } }
  const record = Object.hasOwn(ACCESS_TOKENS, token) ? ACCESS_TOKENS[token] : undefined
  if (record === undefined) return { refusal: invalidToken() }
  if (record.state === 'revoked') return { refusal: revokedToken() }
  if (record.state === 'expired')
    return { refusal: expiredToken(isoUtc(new Date(now.getTime() - EXPIRED_SINCE_MS))) }
  return { grant: record }
}

/** The refusal for a grant whose developer key lacks the scope, else null. */
export function missingScope(grant: Grant, scope: string): Reply | null {
  return grant.scopes === null || grant.scopes.includes(scope) ? null : insufficientScopes()
}
