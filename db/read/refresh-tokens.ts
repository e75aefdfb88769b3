import { hashOpaqueToken } from '../opaque-token.ts'
import type { ReadDb } from '../open.ts'

/** Whose refresh token this is, used or revoked ones too; null when it is nobody's. */
export async function findTokenOwner(db: ReadDb, token: string): Promise<string | null> {
  const row = await db
    .selectFrom('refresh_tokens')
    .select('user_id')
    .where('token_hash', '=', hashOpaqueToken(token))
    .executeTakeFirst()
  return row?.user_id ?? null
}
