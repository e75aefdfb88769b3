import type { Scope } from '../../contract/scopes.ts'
import type { WriteDb } from '../open.ts'

export interface ScopeChange {
  readonly email: string
  readonly scopes: readonly Scope[]
  /** Whether it is also about seeing the rows of every tenant. */
  readonly platform: boolean
}

/** What an account may do now. */
export interface Granted {
  readonly scopes: readonly string[]
  readonly is_platform: boolean
}

async function change(
  db: WriteDb,
  email: string,
  next: (now: Granted) => Granted,
): Promise<Granted | undefined> {
  return db.transaction().execute(async (trx) => {
    const account = await trx
      .selectFrom('accounts')
      .select(['user_id', 'scopes', 'is_platform'])
      .where('email', '=', email.trim().toLowerCase())
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (account === undefined) return undefined
    const { scopes, is_platform } = next(account)
    const set = { scopes: [...scopes].toSorted(), is_platform }
    await trx.updateTable('accounts').set(set).where('user_id', '=', account.user_id).execute()
    return set
  })
}

/** Lets an account do more, from its next sign-in or refresh on; undefined when there is no such account. */
export async function grantScopes(
  db: WriteDb,
  { email, scopes, platform }: ScopeChange,
): Promise<Granted | undefined> {
  return change(db, email, (now) => ({
    scopes: [...new Set([...now.scopes, ...scopes])],
    is_platform: now.is_platform || platform,
  }))
}

/** Lets an account do less: its tokens say so from the next refresh on, the change of tenant at once. */
export async function revokeScopes(
  db: WriteDb,
  { email, scopes, platform }: ScopeChange,
): Promise<Granted | undefined> {
  const taken: ReadonlySet<string> = new Set(scopes)
  return change(db, email, (now) => ({
    scopes: now.scopes.filter((scope) => !taken.has(scope)),
    is_platform: now.is_platform && !platform,
  }))
}
