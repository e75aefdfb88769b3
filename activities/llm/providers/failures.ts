import type { RunErrorCode } from '../../../contract/run-errors.ts'
import { RunFailure } from '../../../contract/run-errors.ts'

interface FailureRule {
  readonly code: RunErrorCode
  /** Whether the next model of the list may do better now. */
  readonly next: boolean
  /** Said to a person after “The model … ”. */
  readonly says: string
}

/** Every way a call to a model may fail, with its run error code: the map of what is tried again, elsewhere or never. */
export const FAILURES = {
  rate_limited: { code: 'MODEL_UNAVAILABLE', next: true, says: 'asks us to slow down; it is tried again' },
  unavailable: { code: 'MODEL_UNAVAILABLE', next: true, says: 'does not answer; it is tried again' },
  timeout: { code: 'MODEL_UNAVAILABLE', next: true, says: 'took too long to answer; it is tried again' },
  broken_reply: {
    code: 'MODEL_UNAVAILABLE',
    next: true,
    says: 'sent a reply that broke off on its way; it is tried again',
  },
  quota: {
    code: 'BUDGET_EXCEEDED',
    next: false,
    says: 'has used up the credit of this installation. Ask the operator to add to it, then retry the stage or resume the worker that waits',
  },
  // No code names the operator's key; of those that wait for a person, this one says who refuses.
  unauthorised: {
    code: 'MODEL_REFUSED',
    next: false,
    says: 'refuses the key of this installation. Ask the operator to set LLM_API_KEY, then retry the stage',
  },
  context_length: {
    code: 'MODEL_REFUSED',
    next: false,
    says: 'cannot take a text of this length at once. Ask the operator for a model with a larger context, then retry the stage',
  },
  filtered: {
    code: 'MODEL_REFUSED',
    next: false,
    says: 'refuses this text by its own filter. Read the material yourself; another model may take it',
  },
  rejected: {
    code: 'MODEL_REFUSED',
    next: false,
    says: 'refuses the request as it is made. Ask the operator to check LLM_MODEL and LLM_BASE_URL, then retry the stage',
  },
  cut: {
    code: 'MODEL_OUTPUT_INVALID',
    next: false,
    says: 'did not come to an end within its longest answer; raise LLM_MAX_OUTPUT_TOKENS or retry the stage',
  },
  misshapen: {
    code: 'MODEL_OUTPUT_INVALID',
    next: false,
    says: 'gave no answer of the form that was asked for, not even when told what was wrong',
  },
} as const satisfies Record<string, FailureRule>

export type FailureKind = keyof typeof FAILURES

/** All that is kept of a provider's error: the error itself holds the prompt and must never travel. */
export interface FailureCause {
  readonly name: string
  readonly status: number | null
  readonly request_id: string | null
}

export interface Failure {
  readonly kind: FailureKind
  /** How long the provider asks to be left alone, milliseconds; null when it does not say. */
  readonly retry_after_ms: number | null
  readonly cause: FailureCause
}

/** A model step that failed; `kind` tells a caller more than the code, e.g. that the text is to be taken in parts. */
export class ModelFailure extends RunFailure {
  readonly kind: FailureKind

  constructor(model: string, { kind, retry_after_ms, cause }: Failure) {
    const { code, says } = FAILURES[kind]
    super(code, `The model ${model} ${says}.`, {
      cause,
      ...(retry_after_ms === null ? {} : { retryAfterMs: retry_after_ms }),
    })
    this.kind = kind
  }
}
