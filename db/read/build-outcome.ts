import { stoppedBy } from '../../contract/handoff/decide-wish.ts'
import { PHASE_RESULTS } from '../../contract/phase-results.ts'
import type { LastError } from '../../contract/snapshot.ts'
import type { ReadDb } from '../open.ts'
import { findNewestFiles } from './handoff-work.ts'

interface ReleasedFile {
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

/** How a build ended; `open` when it has not, though nobody works at it any more. */
export type BuildOutcome =
  | { readonly kind: 'complete'; readonly files: readonly ReleasedFile[] }
  | { readonly kind: 'failed'; readonly error: LastError | null; readonly failed_checks: readonly string[] }
  | { readonly kind: 'canceled' | 'open' }

/** What the newest test of a build found wrong; nothing where it passed, or was never made. */
async function listFailedChecks(db: ReadDb, workflow_id: string): Promise<readonly string[]> {
  const row = await db
    .selectFrom('handoff_results')
    .select('body')
    .where('workflow_id', '=', workflow_id)
    .where('state', '=', 'testing')
    .orderBy('attempt', 'desc')
    .limit(1)
    .executeTakeFirst()
  const tested = PHASE_RESULTS.testing.safeParse(row?.body).data
  return (tested?.test_results ?? [])
    .filter(({ passed }) => !passed)
    .map(({ criterion, note }) => `${criterion}: ${note}`)
}

/** How a build ended. */
export async function findBuildOutcome(db: ReadDb, workflow_id: string): Promise<BuildOutcome> {
  const build = await db
    .selectFrom('handoffs')
    .innerJoin('processing_jobs as job', 'job.job_id', 'handoffs.job_id')
    .select(['state', 'task_id', 'last_error', 'job.status as job_status'])
    .where('workflow_id', '=', workflow_id)
    .executeTakeFirst()
  if (build === undefined) return { kind: 'canceled' }
  if (build.state === 'complete') {
    const { files } = await findNewestFiles(db, workflow_id)
    const released = files.map(({ path, sha256, body }) => ({ path, sha256, bytes: Buffer.byteLength(body) }))
    return { kind: 'complete', files: released }
  }
  const stopped = stoppedBy(build)
  if (stopped !== 'settled') return { kind: stopped ?? 'open' }
  const failed_checks = await listFailedChecks(db, workflow_id)
  return { kind: 'failed', error: build.last_error, failed_checks }
}
