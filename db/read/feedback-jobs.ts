import { z } from 'zod'

import { EvidenceItem } from '../../contract/evidence.ts'
import { Feedback } from '../../contract/feedback.ts'
import type { FeedbackJob, FeedbackJobSummary } from '../../contract/feedback-routes.ts'
import { feedbackStatus } from '../../contract/job-status.ts'
import { StageName } from '../../contract/snapshot.ts'
import type { ReadDb } from '../open.ts'

/** What the last stage of a feedback job leaves. */
export const StoredFeedback = z.strictObject({ result: Feedback, evidence: z.array(EvidenceItem) })

const selectJobs = (db: ReadDb, workspace_id: string) =>
  db
    .selectFrom('processing_jobs as job')
    .innerJoin('submissions as sent', 'sent.job_id', 'job.job_id')
    .where('job.workspace_id', '=', workspace_id)

const COLUMNS = [
  'job.job_id',
  'job.kind',
  'job.status',
  'job.stage',
  'job.progress',
  'job.error',
  'job.generation',
  'job.superseded',
  'job.created_at',
  'job.updated_at',
  'job.completed_at',
  'sent.workspace_id',
  'sent.target_type',
  'sent.target_id',
] as const

type Row = Awaited<ReturnType<typeof readRows>>[number]

function readRows(db: ReadDb, workspace_id: string, { limit, offset }: Page) {
  return selectJobs(db, workspace_id)
    .select(COLUMNS)
    .orderBy('job.created_at', 'desc')
    .orderBy('job.job_id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
}

function toSummary(row: Row): FeedbackJobSummary {
  const { job_id, workspace_id, progress, error, generation, superseded } = row
  return {
    job_id,
    workspace_id,
    job_type: row.kind === 'milestone_feedback' ? 'milestone_feedback' : 'assignment_feedback',
    status: feedbackStatus(row.status),
    stage: StageName.nullable().parse(row.stage),
    progress,
    target: { type: row.target_type, id: row.target_id },
    error,
    generation,
    superseded,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    completed_at: row.completed_at?.toISOString() ?? null,
  }
}

interface Page {
  readonly limit: number
  readonly offset: number
}

/** The feedback jobs of a workspace, newest first, of every generation, with how many there are. */
export async function listFeedbackJobs(
  db: ReadDb,
  workspace_id: string,
  page: Page,
): Promise<{ readonly jobs: FeedbackJobSummary[]; readonly total: number }> {
  const rows = await readRows(db, workspace_id, page)
  const { total } = await selectJobs(db, workspace_id)
    .select((job) => job.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { jobs: rows.map(toSummary), total }
}

/** One feedback job of a workspace with its result; undefined when the workspace has no such job. */
export async function findFeedbackJob(
  db: ReadDb,
  workspace_id: string,
  job_id: string,
): Promise<FeedbackJob | undefined> {
  const row = await selectJobs(db, workspace_id)
    .leftJoin('job_artefacts as artefact', (join) =>
      join.onRef('artefact.job_id', '=', 'job.job_id').on('artefact.kind', '=', 'feedback'),
    )
    .select([...COLUMNS, 'artefact.body'])
    .where('job.job_id', '=', job_id)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { body, ...job } = row
  const stored = body === null ? { result: null, evidence: [] } : StoredFeedback.parse(body)
  return { ...toSummary(job), ...stored }
}
