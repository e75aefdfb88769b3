import type { Selectable } from 'kysely'

import type { WriteDb } from '../open.ts'
import type { AccountsTable } from '../schema.ts'

export interface NewAccount {
  readonly user_id: string
  readonly email: string
  readonly password_hash: string
  readonly tenant_id: string
}

/** Makes an account without scopes; null when the address has one already. */
export async function insertAccount(
  db: WriteDb,
  account: NewAccount,
): Promise<Selectable<AccountsTable> | null> {
  const made = await db
    .insertInto('accounts')
    .values(account)
    .onConflict((clash) => clash.column('email').doNothing())
    .returningAll()
    .executeTakeFirst()
  return made ?? null
}

/** Puts a new hash of the same password in place of `oldHash`; does nothing when the password changed meanwhile. */
export async function replacePasswordHash(
  db: WriteDb,
  userId: string,
  hashes: { readonly old: string; readonly new: string },
): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ password_hash: hashes.new })
    .where('user_id', '=', userId)
    .where('password_hash', '=', hashes.old)
    .execute()
}
