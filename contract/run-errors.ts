// Why a run stopped, as a closed list: each code says whether trying the same again can help, and names itself
// in words that hold nothing of an assignment, so that they may stand where nothing private may.

export const RUN_ERRORS = {
  CANVAS_UNREACHABLE: { retryable: true, title: 'Canvas does not answer' },
  CANVAS_KEY_REJECTED: { retryable: false, title: 'Canvas refuses the stored key: reconnect Canvas' },
  CANVAS_NOT_FOUND: { retryable: false, title: 'Canvas does not know this course or assignment' },
  CANVAS_FORBIDDEN: { retryable: false, title: 'Canvas does not show this to the student' },
  ASSIGNMENT_LOCKED: { retryable: false, title: 'The assignment is locked' },
  NOT_PLANNABLE: { retryable: false, title: 'This is not something Waymark plans' },
  POLICY_FORBIDS_AI: { retryable: false, title: 'The course forbids AI help' },
  PARSE_TIMEOUT: { retryable: false, title: 'A document took too long to read' },
  PARSE_MEMORY: { retryable: false, title: 'A document needed too much memory to read' },
  ENCRYPTED: { retryable: false, title: 'A document is password-protected' },
  CORRUPT: { retryable: false, title: 'A document is damaged' },
  UNSUPPORTED: { retryable: false, title: 'A document is of a kind that cannot be read' },
  NO_TEXT: { retryable: false, title: 'There is no text to plan from' },
  MODEL_UNAVAILABLE: { retryable: true, title: 'The model does not answer' },
  MODEL_REFUSED: { retryable: false, title: 'The model refuses this text' },
  MODEL_OUTPUT_INVALID: { retryable: true, title: 'The model gave no usable answer' },
  BUDGET_EXCEEDED: { retryable: false, title: 'The budget is used up' },
  CIRCULAR_DEPENDENCY: { retryable: false, title: 'Tasks depend on each other in a circle' },
  RETRIES_EXHAUSTED: { retryable: false, title: 'It failed each time it was tried' },
  NON_CONVERGENCE: { retryable: false, title: 'Repairing it led nowhere' },
  STALE: { retryable: false, title: 'Nothing happened for too long' },
  CANCELED: { retryable: false, title: 'The run was canceled' },
  TERMINATED: { retryable: false, title: 'The run was terminated' },
  SUPERSEDED: { retryable: false, title: 'Another run took its place' },
} as const satisfies Record<string, { retryable: boolean; title: string }>

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

/** Whether somebody has ended a run for good, so that nobody waits for it. */
export function isGivenUp(error: { readonly code: string } | null): boolean {
  return error?.code === 'TERMINATED' || error?.code === 'CANCELED'
}
