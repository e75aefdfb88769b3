import { defineUpdate } from '@temporalio/workflow'

import type {
  ChangeMessage,
  PlanOutcome,
  TaskRetryMessage,
  TaskRetryOutcome,
} from '../activities/masterplan/messages.ts'
import type { SteerOutcome, SteerWish } from '../activities/steering-activities.ts'
import type { Driven } from '../activities/handoff/messages.ts'
import type { Actor } from '../contract/machines.ts'
import type { HandoffState } from '../contract/machines/handoff-machine.ts'
import type { PlanStage } from '../contract/stages.ts'

/** How a stage is watched, and how often it tries again by itself before it waits for a person. */
export interface StagePace {
  /** A worker that is silent for so long is taken for dead, and its stage given to another. */
  readonly heartbeat_timeout_ms: number
  readonly initial_interval_ms: number
  readonly max_attempts: number
}

/** What a planning run is started with: ids and small facts, never a document or a secret. */
export interface PlanRunInput {
  readonly workspace_id: string
  readonly generation: number
  readonly job_id: string
  /** Which attempt of its generation the job is. */
  readonly attempt: number
  readonly pace: StagePace
  /** Whether an operator has it wait, for a run that takes the place of one that was lost. */
  readonly paused?: boolean
}

/** What a feedback run is started with; what was handed in stands in the database under its job. */
export type FeedbackRunInput = PlanRunInput

export interface RetryStageMessage {
  readonly stage: PlanStage
  /** The attempt of the job that failed; null takes whichever it is. */
  readonly expected_attempt: number | null
  readonly actor: Actor
  /** Under this id the words of whoever asked are kept; the words themselves never enter a history. */
  readonly reason_id: string | null
  readonly request_id: string | null
}

export interface RetryStageReply {
  readonly job_id: string
}

/** Types of the failures by which a retry is refused. */
export const RETRY_REFUSALS = ['NOT_PARKED', 'OTHER_STAGE', 'OTHER_ATTEMPT', 'CHANGED'] as const
export type RetryRefusal = (typeof RETRY_REFUSALS)[number]

/** What the run of a masterplan is started with; where it stands is read from the database. */
export interface MasterplanRunInput {
  readonly masterplan_id: string
  readonly pace: StagePace
}

/** What the run of a build is started with; where it stands is read from the database. */
export interface HandoffRunInput {
  readonly workflow_id: string
  readonly pace: StagePace
}

/** How the run of a build ended: in the state it stands in; null when the build is gone. */
export interface HandoffEnd {
  readonly state: HandoffState | null
}

/** Names what somebody asks of a build; the words of it stand in the database under this id. */
export interface DriveMessage {
  readonly intent_id: string
}

/** What the run of a submitted job is started with; what it is about stands in the database. */
export interface JobRunInput {
  readonly job_id: string
  readonly pace: StagePace
  /** What level timeouts grow from, in seconds. */
  readonly timeout_base_s: number
}

/** How the run of a submitted job ended that did not fail. */
export interface JobOutcome {
  readonly status: 'COMPLETED' | 'CANCELED'
}

export const PLAN_WORKFLOW = 'planAssignment'
export const FEEDBACK_WORKFLOW = 'giveFeedback'
export const MASTERPLAN_WORKFLOW = 'runMasterplan'
export const HANDOFF_WORKFLOW = 'runHandoff'
export const JOB_WORKFLOW = 'runJob'

/** Lets a parked run go on from its failed stage under a new job. */
export const retryStage = defineUpdate<RetryStageReply, [RetryStageMessage]>('retry_stage')

/** Approves, rejects, executes, pauses, resumes, cancels or retries a masterplan. */
export const changeMasterplan = defineUpdate<PlanOutcome, [ChangeMessage]>('change_masterplan')

/** Has one failed task of a masterplan tried again. */
export const retryMasterplanTask = defineUpdate<TaskRetryOutcome, [TaskRetryMessage]>('retry_masterplan_task')

/** Advances a build, sends its work back or takes it back to an earlier phase, as the intent says. */
export const driveHandoff = defineUpdate<Driven, [DriveMessage]>('drive_handoff')

/** Pauses a run before its next stage, or has it go on. */
export const steerRun = defineUpdate<SteerOutcome, [SteerWish]>('steer_run')

/** The type of the failure by which a run refuses what the state of its masterplan does not admit. */
export const STATE_REFUSAL = 'INVALID_STATE_TRANSITION'

export type {
  ChangeMessage,
  Driven,
  PlanOutcome,
  SteerOutcome,
  SteerWish,
  TaskRetryMessage,
  TaskRetryOutcome,
}

/** What Temporal Web UI says of every run of a masterplan, whoever starts it. */
export const MASTERPLAN_WORDS = {
  staticSummary: 'Review and execution of a masterplan',
  staticDetails: [
    'Carries one masterplan from its draft over its review and execution to its end.',
    '',
    'It may wait for a person for weeks: *Current details* says for what. Tasks and artefacts are not here: they stand in PostgreSQL under the masterplan id.',
  ].join('\n'),
} as const
