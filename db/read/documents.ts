import type { Selectable } from 'kysely'

import type { ReadDb } from '../open.ts'
import type { DocumentsTable } from '../schema.ts'

interface GenerationKey {
  readonly workspace_id: string
  readonly generation: number
}

/** All documents of a generation in their order, refused ones too. */
export async function listDocuments(db: ReadDb, key: GenerationKey): Promise<Selectable<DocumentsTable>[]> {
  return db
    .selectFrom('documents')
    .selectAll()
    .where('workspace_id', '=', key.workspace_id)
    .where('generation', '=', key.generation)
    .orderBy('position')
    .execute()
}

/** The documents of a generation that could be read, by name and hash, without their text. */
export async function listDocumentNames(
  db: ReadDb,
  key: GenerationKey,
): Promise<Pick<Selectable<DocumentsTable>, 'document_id' | 'kind' | 'name' | 'sha256'>[]> {
  return db
    .selectFrom('documents')
    .select(['document_id', 'kind', 'name', 'sha256'])
    .where('workspace_id', '=', key.workspace_id)
    .where('generation', '=', key.generation)
    .where('status', '=', 'read')
    .orderBy('position')
    .execute()
}
