import type { SealedSecret } from '../../config/envelope.ts'
import type { ReadDb } from '../open.ts'

export interface ConnectedCanvas {
  readonly base_url: string
  readonly updated_at: Date
}

/** Which Canvas a user has connected, without the key; null when none. */
export async function findConnectedCanvas(db: ReadDb, userId: string): Promise<ConnectedCanvas | null> {
  const row = await db
    .selectFrom('canvas_credentials')
    .select(['base_url', 'updated_at'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row ?? null
}

export interface SealedCredentials {
  readonly base_url: string
  readonly sealed: SealedSecret
}

/** A user's sealed Canvas key, for the one who calls Canvas; null when none is stored. */
export async function findSealedCredentials(db: ReadDb, userId: string): Promise<SealedCredentials | null> {
  const row = await db
    .selectFrom('canvas_credentials')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (row === undefined) return null
  const { base_url, ct, iv, tag, wrapped_dek, wrap_iv, wrap_tag, kek_id, key_version } = row
  return { base_url, sealed: { ct, iv, tag, wrapped_dek, wrap_iv, wrap_tag, kek_id, key_version } }
}
