import type { Logger } from 'pino'

import {
  feedbackWorkflowId,
  handoffWorkflowId,
  jobWorkflowId,
  masterplanWorkflowId,
} from '../../contract/ids.ts'
import { FEEDBACK_STAGES } from '../../contract/stages.ts'
import { closeEndedRun, closeStaleRun } from '../../db/intents/close-run.ts'
import { closeEndedFeedback } from '../../db/intents/close-feedback.ts'
import { closeEndedHandoff } from '../../db/intents/close-handoffs.ts'
import { closeEndedJob } from '../../db/intents/jobs.ts'
import { closeEndedMasterplan } from '../../db/intents/close-masterplans.ts'
import { codeOfEnd, type OutsideEnd, type OutsideEnding } from '../../db/intents/outside-ends.ts'
import type { OpenDatabase } from '../../db/open.ts'
import { findQuietFeedback, type OpenFeedback } from '../../db/read/feedback-runs.ts'
import { findQuietHandoffs, type QuietHandoff } from '../../db/read/quiet-handoffs.ts'
import { findQuietMasterplans, type QuietMasterplan } from '../../db/read/quiet-masterplans.ts'
import { findQuietJobs, type OpenJob } from '../../db/read/submitted-jobs.ts'
import { findQuietRuns, findWorkspace, type WorkspaceView } from '../../db/read/workspaces.ts'
import type { RunState } from '../find-run.ts'
import type { Mended, Reconcilable } from './pass.ts'
import type { FeedbackRuns } from '../feedback-runs.ts'
import type { HandoffRuns } from '../handoff-runs.ts'
import type { JobRuns } from '../job-runs.ts'
import type { MasterplanRuns } from '../masterplan-runs.ts'
import type { PlanRuns } from '../plan-runs.ts'

interface Parts<R> {
  readonly db: OpenDatabase
  /** What is known of the end of a run, by its workflow id. */
  readonly explain: (workflowId: string, how: OutsideEnding) => Promise<OutsideEnd>
  readonly runs: R
  readonly logger: Logger
}

const STARTED = 'a run that was not under way was started'
const CLOSED = 'a run that was ended from outside was closed'

// Every stage gives up by itself long before.
const STALE_MS = 120 * 60_000

const isStale = ({ status, job_status, paused, updated_at }: WorkspaceView): boolean =>
  status === 'running' && job_status === 'RUNNING' && !paused && Date.now() - updated_at.getTime() > STALE_MS

/** Gives up a run that has begun and shown no progress for two hours; one that waits to begin goes on waiting. */
async function closeIfStale(
  { db, runs }: Pick<Parts<PlanRuns>, 'db' | 'runs'>,
  seen: WorkspaceView,
): Promise<boolean> {
  if (!isStale(seen)) return false
  // It may have come to life since the page was read.
  const view = await findWorkspace(db.read, seen)
  if (view === undefined || view.job_id !== seen.job_id || !isStale(view)) return false
  // Its rows first: whatever of it still breathes can write nothing from then on.
  await closeStaleRun(db.write, view)
  await runs.end(view, 'no progress for two hours')
  return true
}

/** How quiet planning runs are found and mended. */
export function reconcilePlans({ db, runs, logger }: Parts<PlanRuns>): Reconcilable<WorkspaceView> {
  return {
    findQuiet: (page) => findQuietRuns(db.read, page),
    mend: async (view) => {
      const about = { job_id: view.job_id, generation: view.generation }
      if (await closeIfStale({ db, runs }, view)) {
        logger.warn({ ...about, code: 'STALE' }, 'a run without a sign of life was given up')
        return 'closed'
      }
      const ensured = await runs.ensure(view)
      if (ensured.outcome === 'started') logger.warn(about, STARTED)
      if (ensured.outcome !== 'closed') return ensured.outcome === 'started' ? 'started' : 'left'
      await closeEndedRun(db.write, view, ensured.end)
      logger.warn({ ...about, code: codeOfEnd(ensured.end) }, CLOSED)
      return 'closed'
    },
  }
}

/** How quiet feedback runs are found and mended. */
export function reconcileFeedback({
  db,
  runs,
  explain,
  logger,
}: Parts<FeedbackRuns>): Reconcilable<OpenFeedback> {
  return {
    findQuiet: (page) => findQuietFeedback(db.read, page),
    mend: async (job) => {
      const state = await runs.ensure(job)
      const { workspace_id, generation, job_id } = job
      if (state === 'started') logger.warn({ job_id, generation }, STARTED)
      if (state === 'started' || state === 'running') return state === 'started' ? 'started' : 'left'
      const stage = FEEDBACK_STAGES.find((known) => known === job.stage) ?? FEEDBACK_STAGES[0]
      const end = await explain(feedbackWorkflowId(job_id), state)
      await closeEndedFeedback(db.write, { workspace_id, generation, job_id, stage }, end)
      logger.warn({ job_id, generation, code: codeOfEnd(end) }, CLOSED)
      return 'closed'
    },
  }
}

interface Found {
  readonly state: RunState
  readonly about: { readonly job_id: string; readonly generation?: number }
  readonly logger: Logger
  readonly start: () => Promise<boolean>
  readonly explain: (how: OutsideEnding) => Promise<OutsideEnd>
  readonly close: (end: OutsideEnd) => Promise<void>
}

/** A run that reads from the database where it stands goes on from there when it broke, as when it was lost. */
const goesOn = (state: RunState): RunState => (state === 'failed' ? 'ended' : state)

/** Starts a run that is not there, or closes the rows of one that was ended from outside. */
async function mendByState({ state, about, logger, start, explain, close }: Found): Promise<Mended> {
  if (state === 'running') return 'left'
  if (state === undefined || state === 'ended') {
    if (!(await start())) return 'left'
    logger.warn(about, STARTED)
    return 'started'
  }
  const end = await explain(state)
  await close(end)
  logger.warn({ ...about, code: codeOfEnd(end) }, CLOSED)
  return 'closed'
}

/** How quiet executions of masterplans are found and mended: drafts wait for people, who start their run by a wish. */
export function reconcileMasterplans({
  db,
  runs,
  explain,
  logger,
}: Parts<MasterplanRuns>): Reconcilable<QuietMasterplan> {
  return {
    findQuiet: (page) => findQuietMasterplans(db.read, page),
    mend: async (plan) => {
      const { masterplan_id, job_id, generation } = plan
      const state = goesOn(await runs.find(masterplan_id))
      return mendByState({
        state,
        about: { job_id, generation },
        logger,
        start: () => runs.start(plan),
        explain: (how) => explain(masterplanWorkflowId(masterplan_id), how),
        close: (end) => closeEndedMasterplan(db.write, masterplan_id, end),
      })
    },
  }
}

/** Ends that somebody or a limit in Temporal brought about: the build is over, whoever drives it. */
const BY_HAND: readonly RunState[] = ['terminated', 'canceled', 'timed_out']

/** How quiet builds are found and mended: one that is driven by hand has a lost run started by its next advance. */
export function reconcileHandoffs({
  db,
  runs,
  explain,
  logger,
}: Parts<HandoffRuns>): Reconcilable<QuietHandoff> {
  return {
    findQuiet: (page) => findQuietHandoffs(db.read, page),
    mend: async (build) => {
      const { workflow_id, job_id, autorun } = build
      const state = goesOn(await runs.find(workflow_id))
      if (!autorun && !BY_HAND.includes(state)) return 'left'
      return mendByState({
        state,
        about: { job_id },
        logger,
        start: () => runs.start(build),
        explain: (how) => explain(handoffWorkflowId(workflow_id), how),
        close: (end) => closeEndedHandoff(db.write, workflow_id, end),
      })
    },
  }
}

/** How quiet submitted jobs are found and mended; those they were split into are looked after by their runs. */
export function reconcileJobs({ db, runs, explain, logger }: Parts<JobRuns>): Reconcilable<OpenJob> {
  return {
    findQuiet: (page) => findQuietJobs(db.read, page),
    mend: async (job) => {
      const { job_id } = job
      return mendByState({
        state: await runs.find(job_id),
        about: { job_id },
        logger,
        start: () => runs.start(job),
        explain: (how) => explain(jobWorkflowId(job_id), how),
        close: (end) => closeEndedJob(db.write, job_id, end),
      })
    },
  }
}
