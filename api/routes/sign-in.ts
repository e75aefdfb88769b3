import type { Tokens } from '../../contract/accounts.ts'
import { ApiProblem } from '../../contract/problem.ts'
import { replacePasswordHash } from '../../db/intents/accounts.ts'
import { issueRefreshToken, rotateRefreshToken } from '../../db/intents/tokens.ts'
import { findTokenOwner } from '../../db/read/refresh-tokens.ts'
import { findAccount, findAccountByEmail, type AccountRow } from '../../db/read/accounts.ts'
import { signAccessToken, tenantClaim } from '../accounts/access-token.ts'
import { unauthorized } from '../authenticate.ts'
import type { Handler } from '../route.ts'
import type { AccountDeps } from './account-deps.ts'

const MS_PER_SECOND = 1_000

function tokensFor({ tokens }: AccountDeps, account: AccountRow, refresh_token: string): Tokens {
  const tenant_id = tenantClaim(account)
  return {
    access_token: signAccessToken(tokens, { ...account, tenant_id }),
    token_type: 'Bearer',
    expires_in: tokens.seconds,
    refresh_token,
    scopes: account.scopes,
    workspace_id: tenant_id,
  }
}

function refreshExpiry({ refreshTokenSeconds }: AccountDeps): Date {
  return new Date(Date.now() + refreshTokenSeconds * MS_PER_SECOND)
}

/** Signs in by password; a wrong one and an unknown address are answered alike and take as long. */
export function createLogin(deps: AccountDeps): Handler<'login'> {
  const { db, passwords, limiter } = deps
  return async ({ body: { email, password }, ctx }) => {
    const attempt = await limiter.signIn(ctx, email)
    const account = await findAccountByEmail(db.read, email)
    const isRight = await passwords.verify(account?.password_hash ?? null, password)
    if (account === null || !isRight) {
      const detail = 'E-mail address and password do not go together. Check both and try again.'
      throw new ApiProblem('UNAUTHORIZED', detail, { narrower: 'wrong-password' })
    }
    await attempt.succeeded()
    const { user_id, password_hash } = account
    if (passwords.isDated(password_hash)) {
      const renewed = await passwords.hash(password)
      await replacePasswordHash(db.write, user_id, { old: password_hash, new: renewed })
    }
    const refreshToken = await issueRefreshToken(db.write, user_id, refreshExpiry(deps))
    return { status: 200, body: tokensFor(deps, account, refreshToken) }
  }
}

/** Renews both tokens for a refresh token, once; a request too many leaves the token as it is. */
export function createRefresh(deps: AccountDeps): Handler<'refresh'> {
  const { db, limiter } = deps
  return async ({ body, ctx }) => {
    await limiter.refresh(ctx, await findTokenOwner(db.read, body.refresh_token))
    const rotation = await rotateRefreshToken(db.write, body.refresh_token, refreshExpiry(deps))
    if (rotation.outcome === 'reused') {
      throw unauthorized(
        'This refresh token was used before, so all that came from it are revoked. Sign in again.',
      )
    }
    const account = rotation.outcome === 'renewed' ? await findAccount(db.read, rotation.user_id) : null
    if (rotation.outcome === 'invalid' || account === null) {
      throw unauthorized('This refresh token is not valid, or no longer. Sign in again.')
    }
    return { status: 200, body: tokensFor(deps, account, rotation.refresh_token) }
  }
}
