// Why a run stopped, as a closed list: each code says whether trying the same again can help.

export const RUN_ERRORS = {
  CANVAS_UNREACHABLE: { retryable: true },
  CANVAS_KEY_REJECTED: { retryable: false },
  CANVAS_NOT_FOUND: { retryable: false },
  CANVAS_FORBIDDEN: { retryable: false },
  ASSIGNMENT_LOCKED: { retryable: false },
  NOT_PLANNABLE: { retryable: false },
  POLICY_FORBIDS_AI: { retryable: false },
  PARSE_TIMEOUT: { retryable: false },
  PARSE_MEMORY: { retryable: false },
  ENCRYPTED: { retryable: false },
  CORRUPT: { retryable: false },
  UNSUPPORTED: { retryable: false },
  NO_TEXT: { retryable: false },
  MODEL_UNAVAILABLE: { retryable: true },
  MODEL_REFUSED: { retryable: false },
  MODEL_OUTPUT_INVALID: { retryable: true },
  BUDGET_EXCEEDED: { retryable: false },
  CIRCULAR_DEPENDENCY: { retryable: false },
  RETRIES_EXHAUSTED: { retryable: false },
  NON_CONVERGENCE: { retryable: false },
  STALE: { retryable: false },
  CANCELED: { retryable: false },
  TERMINATED: { retryable: false },
  SUPERSEDED: { retryable: false },
} as const satisfies Record<string, { retryable: boolean }>

export type RunErrorCode = keyof typeof RUN_ERRORS

/** All run error codes, in the order of the contract. */
export const RUN_ERROR_CODES = Object.keys(RUN_ERRORS) as [RunErrorCode, ...RunErrorCode[]]

interface RunFailureOptions {
  readonly cause?: unknown
  /** Wait at least this long before the next try, in milliseconds. */
  readonly retryAfterMs?: number
  /** What Canvas answered, when Canvas is the cause; never a body or a header. */
  readonly canvas?: { readonly kind: string; readonly status: number | null }
}

/** A stage that could not finish, with its code and a sentence a person can act on. */
export class RunFailure extends Error {
  override readonly name = 'RunFailure'
  readonly code: RunErrorCode
  readonly retryable: boolean
  readonly retryAfterMs: number | undefined
  readonly canvas: RunFailureOptions['canvas']

  constructor(code: RunErrorCode, message: string, options: RunFailureOptions = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.retryable = RUN_ERRORS[code].retryable
    this.retryAfterMs = options.retryAfterMs
    this.canvas = options.canvas
  }
}
