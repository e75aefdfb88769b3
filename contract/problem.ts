import { z } from 'zod'

/** Every code an answer may carry, with its status and title (contract §1). */
export const PROBLEMS = {
  INVALID_REQUEST: { status: 400, title: 'The request cannot be read', retryable: false },
  MISSING_PREREQUISITE: { status: 400, title: 'Something has to be there first', retryable: false },
  INVALID_DEPTH: { status: 400, title: 'No job can stand at this depth there', retryable: false },
  CANVAS_KEY_REJECTED: { status: 400, title: 'Canvas refuses the key', retryable: false },
  UNAUTHORIZED: { status: 401, title: 'Sign in first', retryable: false },
  FORBIDDEN: { status: 403, title: 'Not allowed', retryable: false },
  ROLE_MISMATCH: { status: 403, title: 'Not the turn of this role', retryable: false },
  NOT_FOUND: { status: 404, title: 'Not found', retryable: false },
  PLAN_NOT_READY: { status: 404, title: 'The plan is not ready', retryable: true },
  INVALID_STATE_TRANSITION: { status: 409, title: 'Not possible in this state', retryable: false },
  REPROCESS_IN_PROGRESS: { status: 409, title: 'A reprocess is under way', retryable: true },
  INSUFFICIENT_RESOURCES: { status: 409, title: 'Not enough is free', retryable: true },
  CONFLICT: { status: 409, title: 'Already there', retryable: false },
  IDEMPOTENCY_CONFLICT: {
    status: 409,
    title: 'This request id was used for another request',
    retryable: false,
  },
  IDEMPOTENCY_IN_PROGRESS: { status: 409, title: 'The same request is still running', retryable: true },
  STALE_VERSION: { status: 412, title: 'Changed since you looked', retryable: false },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'Too large', retryable: false },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Not JSON', retryable: false },
  VALIDATION_FAILED: { status: 422, title: 'Some values are not right', retryable: false },
  CANVAS_URL_NOT_ALLOWED: { status: 422, title: 'This address cannot be used', retryable: false },
  RATE_LIMITED: { status: 429, title: 'Too many requests', retryable: true },
  MASTERPLAN_GENERATION_FAILED: {
    status: 500,
    title: 'No masterplan can be made of this plan',
    retryable: false,
  },
  INTERNAL: { status: 500, title: 'Something went wrong on our side', retryable: true },
  CANVAS_UNREACHABLE: { status: 502, title: 'Canvas does not answer', retryable: true },
  SERVICE_UNAVAILABLE: { status: 503, title: 'A part of the service is away', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>

/** Titles of problems whose code says too little; each is a type of its own, since a title belongs to its type (RFC 9457). */
export const NARROWER_TITLES = {
  'wrong-password': 'E-mail address or password is wrong',
} as const

type NarrowerProblem = keyof typeof NARROWER_TITLES

export type ProblemCode = keyof typeof PROBLEMS
export const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]

export const FieldError = z.strictObject({
  pointer: z.string().meta({ description: 'JSON pointer into the body, or the name of the parameter' }),
  message: z.string(),
})

/** An error answer, `application/problem+json` (RFC 9457). */
export const Problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int().meta({ override: { type: 'integer' } }),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(PROBLEM_CODES),
    retryable: z.boolean(),
    trace_id: z.string(),
    errors: z.array(FieldError).optional(),
    current_state: z.string().optional(),
    allowed: z.array(z.string()).optional(),
    missing: z.string().optional(),
    canvas: z
      .strictObject({
        kind: z.string(),
        status: z
          .int()
          .meta({ override: { type: 'integer' } })
          .nullable(),
      })
      .optional(),
  })
  .meta({ id: 'Problem' })

export type Problem = z.infer<typeof Problem>
export type FieldError = z.infer<typeof FieldError>
export type ProblemExtras = Partial<
  Pick<Problem, 'errors' | 'current_state' | 'allowed' | 'missing' | 'canvas'>
>

interface ProblemOptions {
  readonly cause?: unknown
  readonly extras?: ProblemExtras
  /** Seconds for Retry-After. */
  readonly retryAfterSeconds?: number
  /** In place of the status of the code (contract §4). */
  readonly status?: number
  /** The narrower problem it is, one of the same code. */
  readonly narrower?: NarrowerProblem
}

/** An answer other than success, thrown anywhere below a route and worded by the error middleware. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: ProblemCode
  readonly status: number
  readonly extras: ProblemExtras
  readonly retryAfterSeconds: number | undefined
  readonly narrower: NarrowerProblem | undefined

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail, { cause: options.cause })
    this.code = code
    this.status = options.status ?? PROBLEMS[code].status
    this.extras = options.extras ?? {}
    this.retryAfterSeconds = options.retryAfterSeconds
    this.narrower = options.narrower
  }
}
