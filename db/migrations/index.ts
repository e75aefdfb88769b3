import type { Migration } from 'kysely/migration'

import * as init from './0001-init.ts'
import * as llmLedger from './0002-llm-ledger.ts'
import * as reasons from './0003-reasons.ts'
import * as llmEconomy from './0004-llm-economy.ts'
import * as marks from './0005-marks.ts'
import * as feedback from './0006-feedback.ts'
import * as masterplans from './0007-masterplans.ts'
import * as handoffs from './0008-handoffs.ts'
import * as wishes from './0009-wishes.ts'
import * as submittedJobs from './0010-submitted-jobs.ts'
import * as workers from './0011-workers.ts'
import * as rateLimits from './0012-rate-limits.ts'
import * as failures from './0013-failures.ts'
import * as workerProcesses from './0014-worker-processes.ts'

/** All migrations in order; numbered, listed by hand and never edited once released. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-init': init,
  '0002-llm-ledger': llmLedger,
  '0003-reasons': reasons,
  '0004-llm-economy': llmEconomy,
  '0005-marks': marks,
  '0006-feedback': feedback,
  '0007-masterplans': masterplans,
  '0008-handoffs': handoffs,
  '0009-wishes': wishes,
  '0010-submitted-jobs': submittedJobs,
  '0011-workers': workers,
  '0012-rate-limits': rateLimits,
  '0013-failures': failures,
  '0014-worker-processes': workerProcesses,
}
