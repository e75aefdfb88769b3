import type { Selectable, Transaction } from 'kysely'

import { rewrap } from '../config/envelope.ts'
import { CredentialSealError, type KeyWrapper } from '../config/key-wrapper.ts'
import type { WriteDb } from './open.ts'
import type { CanvasCredentialsTable, Database } from './schema.ts'

const BATCH = 100
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

type Row = Selectable<CanvasCredentialsTable>

export interface Rewrapped {
  readonly rewrapped: number
  /** How many keys of users each other key still holds, by its id; they could not be opened. */
  readonly left: ReadonlyMap<string, number>
}

/**
 * Wraps the data key of every stored Canvas key anew under the active key, in batches, each in its own transaction.
 * A row that cannot be opened stays as it is and is counted; running it again changes nothing more.
 */
export async function rewrapCredentials(db: WriteDb, keys: KeyWrapper): Promise<Rewrapped> {
  const left = new Map<string, number>()
  let rewrapped = 0
  let after = FIRST_ID
  for (;;) {
    const batch = await db.transaction().execute((trx) => rewrapBatch(trx, keys, after))
    for (const { kek_id, done } of batch) {
      if (done) rewrapped += 1
      else left.set(kek_id, (left.get(kek_id) ?? 0) + 1)
    }
    const last = batch.at(-1)
    if (last === undefined) return { rewrapped, left }
    after = last.user_id
  }
}

async function rewrapBatch(trx: Transaction<Database>, keys: KeyWrapper, after: string) {
  const rows = await trx
    .selectFrom('canvas_credentials')
    .selectAll()
    .where('kek_id', '!=', keys.activeKekId)
    .where('user_id', '>', after)
    .orderBy('user_id')
    .limit(BATCH)
    // A user who stores another key meanwhile waits, and is not overwritten.
    .forUpdate()
    .execute()
  const batch: { user_id: string; kek_id: string; done: boolean }[] = []
  for (const row of rows) {
    batch.push({ user_id: row.user_id, kek_id: row.kek_id, done: await rewrapRow(trx, keys, row) })
  }
  return batch
}

async function rewrapRow(trx: Transaction<Database>, keys: KeyWrapper, row: Row): Promise<boolean> {
  const context = { user_id: row.user_id, canvas_origin: row.base_url, field: 'api_key' }
  try {
    const { wrapped_dek, wrap_iv, wrap_tag, kek_id } = await rewrap(keys, context, row)
    await trx
      .updateTable('canvas_credentials')
      .set({ wrapped_dek, wrap_iv, wrap_tag, kek_id })
      .where('user_id', '=', row.user_id)
      .execute()
    return true
  } catch (error) {
    if (error instanceof CredentialSealError) return false
    throw error
  }
}

/** Says what came of it, and which keys may be dropped, in words for the operator. */
export function describeRewrapped({ rewrapped, left }: Rewrapped, activeKekId: string): string {
  const lines = [`Wrapped anew under the key ${activeKekId}: ${rewrapped}`]
  for (const [kek_id, count] of left) lines.push(`Still under the key ${kek_id}, not opened: ${count}`)
  lines.push(
    left.size === 0
      ? `Every Canvas key is under ${activeKekId}. Once API and workers run with it as the first key, run this again; then the other keys may be dropped.`
      : 'Drop no key yet: put the ones named above into CREDENTIAL_KEYS, after the first, and run this again. Whose Canvas key is damaged must store it again.',
  )
  return `${lines.join('\n')}\n`
}
