import type { CanvasContext } from '../../contract/canvas-context.ts'
import type { DocumentKind } from '../../contract/evidence.ts'
import type { Plan } from '../../contract/plan.ts'
import type { Distilled } from '../../contract/requirements.ts'
import type { RunErrorCode } from '../../contract/run-errors.ts'

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
export interface ModelSteps {
  readonly distill: {
    readonly input: { readonly context: CanvasContext; readonly documents: readonly SourceDocument[] }
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
    }
    readonly output: { readonly plan: Plan; readonly links: readonly PlanLink[] }
  }
  readonly judge: {
    readonly input: { readonly claims: readonly Claim[] }
    readonly output: { readonly verdicts: readonly ClaimVerdict[] }
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
}

export interface ModelCall {
  readonly signal: AbortSignal
  /** Told of every call, failed ones too, before anything is made of its answer. */
  readonly book?: (call: SpentCall) => Promise<void>
}

/** The only door to a model: structured output for a step; throws RunFailure with a MODEL_* code. */
export interface LlmPort {
  readonly provider: string
  run<S extends ModelStep>(step: S, input: ModelSteps[S]['input'], call: ModelCall): Promise<ModelReply<S>>
}
