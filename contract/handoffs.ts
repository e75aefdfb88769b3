import { z } from 'zod'

import { HANDOFF, PHASES, type HandoffState } from './machines/handoff-machine.ts'
import { AckResult, PHASE_RESULTS } from './phase-results.ts'
import { Count, IsoTime, Uuid } from './primitives.ts'
import { ROLES } from './roles.ts'
import { LastError } from './snapshot.ts'

const STATES = HANDOFF.states as readonly [HandoffState, ...HandoffState[]]
const Words = z.record(z.string(), z.unknown())
const Percent = z.number().min(0).max(100)
const RoleOrNone = z.enum(ROLES).nullable()

export const RoleName = z.enum(ROLES)
export const HandoffStateName = z.enum(STATES)
export const PhaseName = z.enum(PHASES)

/** The results of the six phases that stand; null where there is none yet, or where it was taken back. */
export const HandoffPhases = z
  .strictObject({
    discovery: PHASE_RESULTS.discovery.nullable(),
    planning: PHASE_RESULTS.planning.nullable(),
    implementation: PHASE_RESULTS.implementation.nullable(),
    testing: PHASE_RESULTS.testing.nullable(),
    verification: PHASE_RESULTS.verification.nullable(),
    deployment: PHASE_RESULTS.deployment.nullable(),
  })
  .meta({ id: 'HandoffPhases' })

/** What the next role is given: everything that was done so far, and flat beside it what each role looks for first. */
export const HandoffData = z
  .strictObject({
    workflow_id: Uuid,
    current_phase: HandoffStateName,
    handoff_timestamp: IsoTime,
    previous_phase_output: Words.nullable().meta({
      description: 'The result of the last completed phase, never an acceptance',
    }),
    instructions: z.string(),
    phases: HandoffPhases,
    implementation_plan: PHASE_RESULTS.planning.shape.implementation_plan.optional(),
    requirements: PHASE_RESULTS.planning.shape.requirements.optional(),
    code: PHASE_RESULTS.implementation.shape.code.optional(),
    test_cases: PHASE_RESULTS.implementation.shape.test_cases.optional(),
    test_results: PHASE_RESULTS.testing.shape.test_results.optional(),
    coverage: Percent.optional(),
    verification_report: PHASE_RESULTS.verification.shape.verification_report.optional(),
    approved_for_deployment: z.boolean().optional(),
  })
  .meta({ id: 'HandoffData' })

/** One move of a build, as its history tells it. */
export const HandoffRecord = z
  .strictObject({
    id: Uuid,
    workflow_id: Uuid,
    from_role: RoleOrNone,
    to_role: RoleOrNone,
    from_state: HandoffStateName,
    to_state: HandoffStateName,
    data_transferred: z.strictObject({
      result: z
        .union([
          PHASE_RESULTS.discovery,
          PHASE_RESULTS.planning,
          PHASE_RESULTS.implementation,
          PHASE_RESULTS.testing,
          PHASE_RESULTS.verification,
          PHASE_RESULTS.deployment,
          AckResult,
        ])
        .nullable()
        .meta({
          description: 'What the state that was left ended with, kept also where it was undone since',
        }),
      handed_on: z
        .partialRecord(HandoffStateName, Count)
        .meta({ description: 'Which attempt of each state stands after the move, and so is handed on' }),
    }),
    notes: z.string().max(500),
    timestamp: IsoTime,
  })
  .meta({ id: 'HandoffRecord' })

/** Where a build stands. */
export const HandoffStatus = z
  .strictObject({
    workflow_id: Uuid,
    build_id: z.string(),
    project_id: z.string(),
    current_state: HandoffStateName,
    current_role: RoleOrNone,
    progress: Percent,
    completed_phases: z.array(PhaseName),
    phases: HandoffPhases,
    handoff_history: z
      .array(HandoffRecord)
      .meta({ description: 'The newest 50 in their order; all are under /history' }),
    elapsed_time: z.string().meta({ example: '2h 5m' }),
    retry_count: Count,
    rollback_count: Count,
    next_expectations: z.strictObject({ role: RoleOrNone, task: z.string(), deadline: z.null() }),
    status: z.enum(['in_progress', 'complete', 'error']),
    autorun: z.boolean(),
    paused: z
      .boolean()
      .meta({ description: 'Whether an operator has it wait: it takes no advance until it is resumed' }),
    last_error: LastError.nullable(),
    created_at: IsoTime,
    updated_at: IsoTime,
    completed_at: IsoTime.nullable(),
  })
  .meta({ id: 'HandoffStatus' })

export const HandoffStarted = z
  .strictObject({
    workflow_id: Uuid,
    build_id: z.string(),
    initial_state: z.literal('discovery'),
    status: z.literal('started'),
    current_role: RoleName,
    next_role: RoleName,
    instructions: z.string(),
  })
  .meta({ id: 'HandoffStarted' })

export const HandoffAdvanced = z
  .strictObject({
    workflow_id: Uuid,
    previous_state: HandoffStateName,
    new_state: HandoffStateName,
    next_role: RoleOrNone,
    handoff_data: HandoffData,
    is_complete: z.boolean(),
    state_description: z.string(),
  })
  .meta({ id: 'HandoffAdvanced' })

export const RetryRequested = z
  .strictObject({
    workflow_id: Uuid,
    retry_requested: z.boolean().meta({ description: 'False where the retries were spent: the build stops' }),
    previous_state: HandoffStateName.meta({ description: 'The phase the work goes back to' }),
    new_state: HandoffStateName,
    reason: z.string(),
    timestamp: IsoTime,
    notification_sent: z.boolean().meta({ description: 'Whether those who follow the events were woken' }),
  })
  .meta({ id: 'RetryRequested' })

export const RolledBack = z
  .strictObject({
    workflow_id: Uuid,
    rollback_successful: z.literal(true),
    new_state: HandoffStateName,
    reason: z.string(),
    rollback_record: z.strictObject({
      workflow_id: Uuid,
      from_state: HandoffStateName,
      target_state: HandoffStateName,
      reason: z.string(),
      rolled_back_by: Uuid,
      undone_phases: z.array(PhaseName),
      timestamp: IsoTime,
    }),
  })
  .meta({ id: 'RolledBack' })

export const HandoffHistory = z
  .strictObject({
    workflow_id: Uuid,
    handoff_count: Count,
    handoffs: z.array(HandoffRecord),
    total: Count,
    limit: Count,
    offset: Count,
  })
  .meta({ id: 'HandoffHistory' })

/** How the builds of a project went; zeros and null while there is none. */
export const HandoffStats = z
  .strictObject({
    project_id: z.string(),
    total_workflows: Count,
    completed: Count,
    in_progress: Count,
    failed: Count.meta({ description: 'Those that stand in error, or were stopped for good' }),
    average_duration: z.number().min(0).meta({ description: 'Of the completed, in seconds' }),
    success_rate: Percent.meta({ description: 'Completed of all, in percent' }),
    most_common_failure_point: HandoffStateName.nullable(),
    average_handoffs: z.number().min(0).meta({ description: 'Moves of a build' }),
  })
  .meta({ id: 'HandoffStats' })

export type HandoffPhases = z.infer<typeof HandoffPhases>
export type HandoffData = z.infer<typeof HandoffData>
export type HandoffRecord = z.infer<typeof HandoffRecord>
export type HandoffStatus = z.infer<typeof HandoffStatus>
export type HandoffStats = z.infer<typeof HandoffStats>
