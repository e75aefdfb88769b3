import type { SealedSecret } from '../../config/envelope.ts'
import type { WriteDb } from '../open.ts'

export interface CredentialsToStore {
  readonly user_id: string
  /** The origin of the user's Canvas. */
  readonly base_url: string
  readonly sealed: SealedSecret
}

/** Stores a user's sealed Canvas key in place of the one before; the time of the change. */
export async function storeCanvasCredentials(db: WriteDb, credentials: CredentialsToStore): Promise<Date> {
  const { user_id, base_url, sealed } = credentials
  const columns = { ...sealed, base_url, updated_at: new Date() }
  const { updated_at } = await db
    .insertInto('canvas_credentials')
    .values({ ...columns, user_id })
    .onConflict((clash) => clash.column('user_id').doUpdateSet(columns))
    .returning('updated_at')
    .executeTakeFirstOrThrow()
  return updated_at
}

/** Forgets a user's Canvas key; fine when there is none. */
export async function deleteCanvasCredentials(db: WriteDb, userId: string): Promise<void> {
  await db.deleteFrom('canvas_credentials').where('user_id', '=', userId).execute()
}
