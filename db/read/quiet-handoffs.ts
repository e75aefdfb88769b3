import type { ReadDb } from '../open.ts'

/** A build that is its own root, as far as its run is concerned. */
export interface QuietHandoff {
  readonly workflow_id: string
  readonly job_id: string
  readonly user_id: string
  readonly task_id: null
  /** Whether the roles work it by themselves, so that its run is to be under way. */
  readonly autorun: boolean
  readonly updated_at: Date
}

interface Page {
  readonly before: Date
  readonly after: QuietHandoff | undefined
  readonly limit: number
}

/**
 * Builds that have shown no sign for a while, page by page, oldest first; those of tasks are looked after by the run of
 * their masterplan.
 */
export async function findQuietHandoffs(db: ReadDb, { before, after, limit }: Page): Promise<QuietHandoff[]> {
  const quiet = db
    .selectFrom('handoffs as build')
    .innerJoin('processing_jobs as job', 'job.job_id', 'build.job_id')
    .select(['build.workflow_id', 'build.job_id', 'build.user_id', 'build.autorun', 'build.updated_at'])
    .where('build.task_id', 'is', null)
    .where('build.state', '<>', 'complete')
    .where('job.status', 'in', ['PENDING', 'RUNNING'])
    .where('build.updated_at', '<', before)
    .orderBy('build.updated_at')
    .orderBy('build.workflow_id')
    .limit(limit)
  const page =
    after === undefined
      ? quiet
      : quiet.where((eb) =>
          eb(
            eb.refTuple('build.updated_at', 'build.workflow_id'),
            '>',
            eb.tuple(after.updated_at, after.workflow_id),
          ),
        )
  return (await page.execute()).map((row) => ({ ...row, task_id: null }))
}
