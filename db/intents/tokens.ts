import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'

import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'
import { hashOpaqueToken, newOpaqueToken } from '../opaque-token.ts'

/** Begins a family of refresh tokens with its first one, and takes the user's expired ones away. */
export async function issueRefreshToken(db: WriteDb, userId: string, expiresAt: Date): Promise<string> {
  return db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('refresh_tokens')
      .where('user_id', '=', userId)
      .where('expires_at', '<', new Date())
      .execute()
    return insertToken(trx, { user_id: userId, family_id: randomUUID(), expires_at: expiresAt })
  })
}

interface NewToken {
  readonly user_id: string
  readonly family_id: string
  readonly expires_at: Date
}

async function insertToken(trx: Transaction<Database>, row: NewToken): Promise<string> {
  const token = newOpaqueToken()
  await trx
    .insertInto('refresh_tokens')
    .values({ ...row, token_hash: hashOpaqueToken(token) })
    .execute()
  return token
}

/** What became of a refresh token somebody sent. */
export type Rotation =
  | { readonly outcome: 'renewed'; readonly user_id: string; readonly refresh_token: string }
  /** Used a second time: its family is revoked with it. */
  | { readonly outcome: 'reused' }
  | { readonly outcome: 'invalid' }

/**
 * Takes a refresh token once and gives the next of its family. A second use revokes the family, since one of the two
 * users stole it (RFC 9700, section 4.14.2).
 */
export async function rotateRefreshToken(db: WriteDb, token: string, expiresAt: Date): Promise<Rotation> {
  const tokenHash = hashOpaqueToken(token)
  return db.transaction().execute(async (trx) => {
    if (!(await lockOwner(trx, tokenHash))) return { outcome: 'invalid' }
    const row = await trx
      .selectFrom('refresh_tokens')
      .selectAll()
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst()
    if (row === undefined || row.revoked_at !== null) return { outcome: 'invalid' }
    const { user_id, family_id } = row
    const now = new Date()
    if (row.used_at !== null) {
      await trx
        .updateTable('refresh_tokens')
        .set({ revoked_at: now })
        .where('family_id', '=', family_id)
        .where('revoked_at', 'is', null)
        .execute()
      return { outcome: 'reused' }
    }
    if (row.expires_at <= now) return { outcome: 'invalid' }
    await trx
      .updateTable('refresh_tokens')
      .set({ used_at: now })
      .where('token_hash', '=', tokenHash)
      .execute()
    const refresh_token = await insertToken(trx, { user_id, family_id, expires_at: expiresAt })
    return { outcome: 'renewed', user_id, refresh_token }
  })
}

/**
 * Makes all uses of one user's tokens wait for each other: a family being revoked must not miss the token that a
 * simultaneous use is about to add to it.
 */
async function lockOwner(trx: Transaction<Database>, tokenHash: Buffer): Promise<boolean> {
  const owner = await trx
    .selectFrom('refresh_tokens')
    .innerJoin('accounts', 'accounts.user_id', 'refresh_tokens.user_id')
    .select('accounts.user_id')
    .where('refresh_tokens.token_hash', '=', tokenHash)
    .forNoKeyUpdate('accounts')
    .executeTakeFirst()
  return owner !== undefined
}
