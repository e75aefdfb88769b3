import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'

import type { Database } from '../schema.ts'
import type { NewArtefact } from './artefacts.ts'
import { storable } from './storable.ts'

/** Stores what a stage of a job found; whether it is new, since a try given up for dead may have stored it before. */
export async function insertJobArtefacts(
  trx: Transaction<Database>,
  job_id: string,
  artefacts: readonly NewArtefact[],
): Promise<boolean> {
  const rows = artefacts.map(({ kind, body, provenance }) => {
    const text = JSON.stringify(storable(body))
    return {
      job_id,
      kind,
      body: text,
      sha256: createHash('sha256').update(text).digest('hex'),
      provenance: provenance === undefined ? null : JSON.stringify(storable(provenance)),
    }
  })
  const { numInsertedOrUpdatedRows = 0n } = await trx
    .insertInto('job_artefacts')
    .values(rows)
    .onConflict((clash) => clash.columns(['job_id', 'kind']).doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === rows.length
}
