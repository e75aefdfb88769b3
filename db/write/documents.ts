import type { Transaction } from 'kysely'

import type { DocumentKind } from '../../contract/evidence.ts'
import type { Database, DocumentWarning } from '../schema.ts'
import type { PageSpan } from '../tables/columns.ts'
import type { RunRef } from './fence.ts'
import { storable } from './storable.ts'

/** A source as it was read, or why it was not. */
export interface NewDocument {
  readonly document_id: string
  readonly kind: DocumentKind
  readonly name: string
  readonly status: 'read' | 'refused'
  readonly text: string
  readonly pages: readonly PageSpan[]
  readonly sha256: string
  readonly bytes_sha256: string | null
  readonly parser: string | null
  readonly code: string | null
  readonly message: string | null
  readonly warnings: readonly DocumentWarning[]
}

/** Stores the documents of a generation in the given order. */
export async function insertDocuments(
  trx: Transaction<Database>,
  run: RunRef,
  documents: readonly NewDocument[],
): Promise<void> {
  if (documents.length === 0) return
  const { workspace_id, generation } = run
  const rows = storable(documents).map(({ pages, warnings, ...document }, position) => ({
    ...document,
    workspace_id,
    generation,
    position,
    pages: JSON.stringify(pages),
    warnings: JSON.stringify(warnings),
  }))
  await trx.insertInto('documents').values(rows).execute()
}
