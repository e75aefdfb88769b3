import type { ColumnType } from 'kysely'

import type { ParsedKind } from '../../contract/document.ts'
import type { FeedbackTarget } from '../../contract/feedback.ts'
import type { Json, OptionalJson, PageSpan, Time } from './columns.ts'

/** What a student sent for feedback: as a file until it is read, as text from then on. */
export interface SubmissionsTable {
  submission_id: string
  job_id: string
  workspace_id: string
  target_type: FeedbackTarget['type']
  target_id: string
  name: string
  content_type: string | null
  /** Gone once its text is stored. */
  file: ColumnType<Buffer | null, Uint8Array | null, null>
  text: string | null
  pages: ColumnType<readonly PageSpan[], string | undefined, string>
  file_kind: ParsedKind | null
  file_bytes: number | null
  sha256: string | null
  /** The request that brought it: sent again within the hour, it finds this one. */
  request_id: string | null
  created_at: Time
}

/** What a stage of a job leaves, once per job and kind. */
export interface JobArtefactsTable {
  job_id: string
  kind: string
  body: Json<unknown>
  sha256: string
  provenance: OptionalJson<unknown>
  created_at: Time
}
