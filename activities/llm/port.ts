import type { CanvasContext } from '../../contract/canvas-context.ts'
import type { ParsedKind } from '../../contract/document.ts'
import type { DocumentKind, EvidenceItem } from '../../contract/evidence.ts'
import type { Advice, Assessment, FeedbackTarget, RuleCheck } from '../../contract/feedback.ts'
import type { Plan, PlanMilestone } from '../../contract/plan.ts'
import type { WorkNote } from '../../contract/job-result.ts'
import type { Distilled } from '../../contract/requirements.ts'
import type { RunErrorCode } from '../../contract/run-errors.ts'
import type { RoleSteps } from '../roles/role-output.ts'

/** A stored document as a stage sees it: offsets in `pages` point into `text`. */
export interface SourceDocument {
  readonly document_id: string
  readonly kind: DocumentKind
  readonly name: string
  readonly text: string
  readonly pages: readonly { readonly page: number; readonly start: number; readonly end: number }[]
  /** What its reader took out of it; `isHidden` where it was set so that nobody sees it. */
  readonly unseen?: readonly { readonly text: string; readonly isHidden: boolean }[]
}

/** A student's own work as a stage sees it; `file` is null where the text itself was sent. */
export interface SubmittedWork {
  readonly document_id: string
  readonly name: string
  readonly text: string
  readonly pages: SourceDocument['pages']
  readonly file: { readonly kind: ParsedKind; readonly bytes: number; readonly name: string } | null
}

/** A piece of work and everything it is held against. */
export interface FeedbackInput {
  readonly target: FeedbackTarget
  /** The milestone it is for; null for the whole assignment. */
  readonly milestone: PlanMilestone | null
  readonly plan: Plan
  /** What each line of the plan rests on. */
  readonly plan_evidence: readonly EvidenceItem[]
  readonly distilled: Distilled
  readonly context: CanvasContext
  readonly submission: SubmittedWork
  readonly documents: readonly SourceDocument[]
  /** What code could check. */
  readonly checks: readonly RuleCheck[]
}

/** Which requirements a place of the plan answers. */
export interface PlanLink {
  /** JSON pointer into the plan. */
  readonly pointer: string
  readonly requirement_ids: readonly string[]
}

export interface Claim {
  readonly id: string
  readonly claim: string
  readonly quote: string
}

export interface ClaimVerdict {
  readonly id: string
  readonly verdict: 'entailed' | 'contradicted' | 'not_found'
  readonly reason: string
}

/** What each model step is given and what it owes; everything a model may be asked for stands here. */
export interface ModelSteps extends RoleSteps {
  readonly distill: {
    readonly input: {
      readonly context: CanvasContext
      readonly documents: readonly SourceDocument[]
      /** What a student reads of each file of the assignment that could not be read: which, why, and what to do. */
      readonly unread?: readonly string[]
    }
    readonly output: Distilled
  }
  readonly draft: {
    readonly input: {
      readonly context: CanvasContext
      readonly distilled: Distilled
      /** The time planning counts from, ISO 8601 UTC. */
      readonly now: string
      /** Why a person rejected the plan before, or null. */
      readonly rejection_reason: string | null
      /** What checking found wrong with the draft before this one and could not mend, one sentence each. */
      readonly findings?: readonly string[]
    }
    readonly output: { readonly plan: Plan; readonly links: readonly PlanLink[] }
  }
  readonly judge: {
    readonly input: { readonly claims: readonly Claim[] }
    readonly output: { readonly verdicts: readonly ClaimVerdict[] }
  }
  readonly assess: {
    readonly input: FeedbackInput
    readonly output: Pick<Assessment, 'criteria' | 'suspicious'>
  }
  readonly advise: {
    readonly input: FeedbackInput & { readonly assessment: Assessment }
    readonly output: Advice
  }
  readonly work_job: {
    readonly input: {
      readonly description: string
      /** What was said above the bullets it was split from, the topmost first. */
      readonly context: readonly string[]
    }
    readonly output: WorkNote
  }
}

export type ModelStep = keyof ModelSteps

export interface ModelUsage {
  readonly input_tokens: number
  readonly output_tokens: number
}

export interface ModelReply<S extends ModelStep> {
  readonly output: ModelSteps[S]['output']
  readonly model: string
  readonly prompt_version: string
  readonly usage: ModelUsage
  /** Who answered, where it is not the port's own provider. */
  readonly provider?: string
}

/** One call to a model as the ledger keeps it: what it cost and how it ended, never its prompt or its answer. */
export interface SpentCall {
  readonly provider: string
  readonly model: string
  readonly prompt_version: string
  readonly input_tokens: number
  /** The part of the input the provider had in its cache. */
  readonly cached_input_tokens: number
  readonly output_tokens: number
  /** The part of the output that was thinking. */
  readonly reasoning_tokens: number
  readonly duration_ms: number
  /** `ok`, or the code of what went wrong. */
  readonly outcome: 'ok' | RunErrorCode | 'BROKEN'
  /** What went wrong, finer than its code; null when nothing did. */
  readonly failure: string | null
  /** Whether an answer that was there already was used, and nothing was asked. */
  readonly cached: boolean
}

/** A call that is about to be made, and the most it can cost. */
export interface PlannedCall {
  readonly provider: string
  readonly model: string
  readonly prompt_version: string
  readonly tokens: number
  /** After so long, milliseconds, whoever makes it must have died. */
  readonly lease_ms: number
}

/** A part of an output while it is being made; `position` tells it from other parts of the same kind. */
export type Partial =
  | {
      readonly kind: 'milestone'
      readonly position: number
      readonly id: string
      readonly title: string
      readonly tasks: number
    }
  | { readonly kind: 'feedback'; readonly position: number; readonly text: string }

export interface ModelCall {
  readonly signal: AbortSignal
  /** Asked before every call to a model: sets aside what it may cost, or throws where nothing is left. Answers its id. */
  readonly reserve?: (call: PlannedCall) => Promise<string>
  /** Told of every call, failed ones too, before anything is made of its answer; the id is that of its reservation. */
  readonly book?: (call: SpentCall, reservation: string | null) => Promise<void>
  /** Who may be given the same answer for the same question: everyone, or only who has the same name. Unset: nobody. */
  readonly share?: string
  /** Told of parts of the output while a model still writes it. */
  readonly onPartial?: (partial: Partial) => void
}

/** The share of answers to questions that hold nothing but the assignment itself. */
export const EVERYONE = 'everyone'

/** The only door to a model: structured output for a step; throws RunFailure with a MODEL_* code. */
export interface LlmPort {
  readonly provider: string
  run<S extends ModelStep>(step: S, input: ModelSteps[S]['input'], call: ModelCall): Promise<ModelReply<S>>
}
