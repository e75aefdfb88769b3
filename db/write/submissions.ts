import type { Transaction } from 'kysely'

import type { ParsedDocument } from '../../contract/document.ts'
import type { Database } from '../schema.ts'
import { storable } from './storable.ts'

/** Keeps the text of a submission in place of its file. */
export async function storeSubmissionText(
  trx: Transaction<Database>,
  job_id: string,
  document: Pick<ParsedDocument, 'text' | 'pages' | 'sha256' | 'kind'>,
): Promise<void> {
  const { text, pages, sha256, kind } = storable(document)
  await trx
    .updateTable('submissions')
    .set({ text, pages: JSON.stringify(pages), sha256, file_kind: kind, file: null })
    .where('job_id', '=', job_id)
    .execute()
}
