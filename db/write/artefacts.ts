import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'

import type { Database } from '../schema.ts'
import type { RunRef } from './fence.ts'
import { storable } from './storable.ts'

/** Something derived, with where it came from. */
export interface NewArtefact {
  readonly kind: string
  readonly body: unknown
  readonly provenance?: unknown
}

/** Whether the artefacts are new: a try that was given up for dead may have stored them before this one. */
export async function insertArtefacts(
  trx: Transaction<Database>,
  run: RunRef,
  artefacts: readonly NewArtefact[],
): Promise<boolean> {
  const { workspace_id, generation, job_id } = run
  let stored = 0
  for (const { kind, body, provenance } of artefacts) {
    const text = JSON.stringify(storable(body))
    const sha256 = createHash('sha256').update(text).digest('hex')
    const { numInsertedOrUpdatedRows = 0n } = await trx
      .insertInto('artefacts')
      .values({
        workspace_id,
        generation,
        kind,
        job_id,
        body: text,
        sha256,
        provenance: provenance === undefined ? null : JSON.stringify(storable(provenance)),
      })
      .onConflict((clash) => clash.columns(['workspace_id', 'generation', 'kind']).doNothing())
      .executeTakeFirst()
    stored += Number(numInsertedOrUpdatedRows)
  }
  return stored === artefacts.length
}
