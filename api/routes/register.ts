import { randomUUID } from 'node:crypto'

import type { Account } from '../../contract/accounts.ts'
import { ApiProblem } from '../../contract/problem.ts'
import { insertAccount } from '../../db/intents/accounts.ts'
import { findAccount, type AccountRow } from '../../db/read/accounts.ts'
import { unauthorized } from '../authenticate.ts'
import type { Handler } from '../route.ts'
import type { AccountDeps } from './account-deps.ts'

function toAccount({ user_id, email, tenant_id, scopes, created_at }: AccountRow): Account {
  return { user_id, email, workspace_id: tenant_id, scopes, created_at: created_at.toISOString() }
}

/** Makes an account that is its own tenant. */
export function createRegister({ db, passwords, limiter }: AccountDeps): Handler<'register'> {
  return async ({ body: { email, password }, ctx }) => {
    await limiter.register(ctx)
    const password_hash = await passwords.hash(password)
    const ids = { user_id: randomUUID(), tenant_id: randomUUID() }
    const made = await insertAccount(db.write, { ...ids, email, password_hash })
    if (made === null) {
      throw new ApiProblem(
        'CONFLICT',
        'There is an account with this e-mail address already. Sign in with POST /auth/login.',
      )
    }
    return { status: 201, body: toAccount(made) }
  }
}

/** Shows the account behind the token. */
export function createMe({ db }: AccountDeps): Handler<'me'> {
  return async ({ user }) => {
    const account = await findAccount(db.read, user.sub)
    if (account === null) throw unauthorized('The account of this token is no longer there.')
    return { status: 200, body: toAccount(account) }
  }
}
