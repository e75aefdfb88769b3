import type { Client } from '@temporalio/client'

import type { OpenDatabase } from '../../db/open.ts'
import type { EventsHandler } from '../events/handler.ts'
import type { HandoffRuns } from '../../runs/handoff-runs.ts'
import type { MasterplanRuns } from '../../runs/masterplan-runs.ts'
import type { PlanRuns } from '../../runs/plan-runs.ts'
import type { BudgetLimits } from './usage.ts'

/** What the assignment routes work with. */
export interface AssignmentDeps {
  readonly db: OpenDatabase
  readonly client: Client
  readonly runs: PlanRuns
  readonly masterplanRuns: Pick<MasterplanRuns, 'end'>
  readonly handoffRuns: Pick<HandoffRuns, 'end'>
  readonly streamEvents: EventsHandler
  readonly budgets: BudgetLimits
  /** Throws PartAway when Temporal does not answer: asked before anything is written. */
  readonly checkTemporal: () => Promise<void>
}
