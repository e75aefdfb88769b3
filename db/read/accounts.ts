import type { Selectable } from 'kysely'

import type { ReadDb } from '../open.ts'
import type { AccountsTable } from '../schema.ts'

export type AccountRow = Selectable<AccountsTable>

/** The account with this id; null when there is none or it was deleted. */
export async function findAccount(db: ReadDb, userId: string): Promise<AccountRow | null> {
  const row = await db.selectFrom('accounts').selectAll().where('user_id', '=', userId).executeTakeFirst()
  return row ?? null
}

/** The account of an e-mail address in lower case; null when there is none. */
export async function findAccountByEmail(db: ReadDb, email: string): Promise<AccountRow | null> {
  const row = await db.selectFrom('accounts').selectAll().where('email', '=', email).executeTakeFirst()
  return row ?? null
}

/** Whether an account belongs to this tenant. */
export async function isTenant(db: ReadDb, tenant_id: string): Promise<boolean> {
  const one = db.selectFrom('accounts').select('user_id').where('tenant_id', '=', tenant_id).limit(1)
  return (await one.executeTakeFirst()) !== undefined
}
