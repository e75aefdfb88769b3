import { STRAIGHT_WAY } from './machines/handoff-machine.ts'
import { FEEDBACK_STAGES, PLAN_STAGES } from './stages.ts'

/** Everything calls to models are booked to: stages of plans and feedback, states of builds, guides, submitted jobs. */
export const LEDGER_STAGES = [
  ...PLAN_STAGES,
  ...FEEDBACK_STAGES,
  ...STRAIGHT_WAY.filter((state) => state !== 'complete'),
  'guide',
  'work_job',
] as const

/** What one call is booked to. The ledger takes nothing else, so whatever is written can be read. */
export type LedgerStage = (typeof LEDGER_STAGES)[number]
