import type { Selectable } from 'kysely'

import type { ReadDb } from '../open.ts'
import type { DocumentsTable } from '../schema.ts'

/** All documents of a generation in their order, refused ones too. */
export async function listDocuments(
  db: ReadDb,
  key: { readonly workspace_id: string; readonly generation: number },
): Promise<Selectable<DocumentsTable>[]> {
  return db
    .selectFrom('documents')
    .selectAll()
    .where('workspace_id', '=', key.workspace_id)
    .where('generation', '=', key.generation)
    .orderBy('position')
    .execute()
}
