import { randomUUID } from 'node:crypto'

import type { Transaction } from 'kysely'

import type { FeedbackTarget } from '../../contract/feedback.ts'
import { feedbackWorkflowId } from '../../contract/ids.ts'
import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'
import { newJobId } from '../write/ids.ts'
import { insertPendingJob } from '../write/jobs.ts'
import { storable } from '../write/storable.ts'

/** What was sent: text as it is, or a file that is still to be read. */
export type SentWork =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'file'
      readonly name: string
      readonly content_type: string | null
      readonly file: Uint8Array
    }

export interface SubmissionIntent {
  readonly workspace_id: string
  readonly user_id: string
  readonly tenant_id: string
  readonly generation: number
  readonly target: FeedbackTarget
  readonly sent: SentWork
  readonly request_id: string | null
}

const TEXT_NAME = 'Your text'

function columnsOf(sent: SentWork) {
  if (sent.kind === 'text')
    return { name: TEXT_NAME, content_type: null, file: null, file_bytes: null, text: sent.text }
  const { name, content_type, file } = sent
  return { name, content_type, file, file_bytes: file.length, text: null }
}

// As long as a reply is kept: the process that began the first answer may have died before it was given.
const SAME_REQUEST_MS = 3_600_000

async function findEarlier(
  trx: Transaction<Database>,
  { workspace_id, request_id }: SubmissionIntent,
): Promise<{ readonly job_id: string } | undefined> {
  if (request_id === null) return undefined
  return trx
    .selectFrom('submissions')
    .select('job_id')
    .where('workspace_id', '=', workspace_id)
    .where('request_id', '=', request_id)
    .where('created_at', '>', new Date(Date.now() - SAME_REQUEST_MS))
    .executeTakeFirst()
}

/**
 * Keeps a submission together with the job that will give feedback on it. Null when its generation was raised meanwhile.
 */
export async function acceptSubmission(
  db: WriteDb,
  intent: SubmissionIntent,
): Promise<{ readonly job_id: string } | null> {
  const { workspace_id, user_id, tenant_id, generation, target, sent, request_id } = intent
  return db.transaction().execute(async (trx) => {
    const current = await trx
      .selectFrom('assignment_workspaces')
      .select('workspace_id')
      .where('workspace_id', '=', workspace_id)
      .where('user_id', '=', user_id)
      .where('generation', '=', generation)
      .forShare()
      .executeTakeFirst()
    if (current === undefined) return null
    const earlier = await findEarlier(trx, intent)
    if (earlier !== undefined) return earlier
    const root = await trx
      .selectFrom('processing_jobs')
      .select('job_id')
      .where('workspace_id', '=', workspace_id)
      .where('generation', '=', generation)
      .where('kind', '=', 'assignment')
      .executeTakeFirstOrThrow()
    const job_id = newJobId()
    const job = {
      job_id,
      tenant_id,
      user_id,
      kind: target.type === 'milestone' ? 'milestone_feedback' : 'assignment_feedback',
      parent_job_id: root.job_id,
      depth: 1,
      workspace_id,
      temporal_workflow_id: feedbackWorkflowId(job_id),
      generation,
      attempt: 1,
      retry_of: null,
    } as const
    const actor = { type: 'user', id: user_id } as const
    await insertPendingJob(trx, job, { actor, request_id, reason: 'feedback asked for' })
    const about = {
      submission_id: randomUUID(),
      job_id,
      workspace_id,
      target_type: target.type,
      target_id: target.id,
    }
    const { file, ...columns } = columnsOf(sent)
    await trx
      .insertInto('submissions')
      .values({ ...about, ...storable(columns), file, request_id })
      .execute()
    return { job_id }
  })
}
