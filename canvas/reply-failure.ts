import { RunFailure, type RunErrorCode } from '../contract/run-errors.ts'
import type { CanvasReplyKind } from './classify-reply.ts'

const THROTTLE_WAIT_MS = 1_500
const THROTTLE_JITTER_MS = 1_500
const MAX_RETRY_AFTER_MS = 60_000

/** Everything that can go wrong with a call, as one closed list: what Canvas said, and what happened on the way. */
export type CanvasFaultKind =
  | Exclude<CanvasReplyKind, 'ok'>
  | 'network'
  | 'timeout'
  | 'not_canvas_json'
  | 'encoded'
  | 'too_large'
  | 'foreign_link'
  | 'address_refused'
  | 'storage_refused'

const CODES: Record<CanvasFaultKind, RunErrorCode> = {
  token_invalid: 'CANVAS_KEY_REJECTED',
  token_expired: 'CANVAS_KEY_REJECTED',
  token_revoked: 'CANVAS_KEY_REJECTED',
  unauthenticated: 'CANVAS_KEY_REJECTED',
  login_page: 'CANVAS_KEY_REJECTED',
  scope_missing: 'CANVAS_FORBIDDEN',
  permission: 'CANVAS_FORBIDDEN',
  user_agent: 'CANVAS_FORBIDDEN',
  address_refused: 'CANVAS_FORBIDDEN',
  not_found: 'CANVAS_NOT_FOUND',
  tab_disabled: 'CANVAS_NOT_FOUND',
  too_large: 'UNSUPPORTED',
  throttled: 'CANVAS_UNREACHABLE',
  canvas_fault: 'CANVAS_UNREACHABLE',
  network: 'CANVAS_UNREACHABLE',
  timeout: 'CANVAS_UNREACHABLE',
  not_canvas_json: 'CANVAS_UNREACHABLE',
  encoded: 'CANVAS_UNREACHABLE',
  foreign_link: 'CANVAS_UNREACHABLE',
  storage_refused: 'CANVAS_UNREACHABLE',
  unexpected: 'CANVAS_UNREACHABLE',
}

const NEW_KEY = 'Store a new key under Canvas credentials, then retry this stage.'

const SENTENCES: Record<CanvasFaultKind, (subject: string) => string> = {
  token_invalid: () => `Canvas does not know the stored key. ${NEW_KEY}`,
  token_expired: () => `Canvas refuses the stored key (expired). ${NEW_KEY}`,
  token_revoked: () => `Canvas refuses the stored key (revoked). ${NEW_KEY}`,
  unauthenticated: () => `Canvas did not take the stored key. ${NEW_KEY}`,
  login_page: (subject) =>
    `Canvas did not let us in: it showed a login page instead of ${subject}. ${NEW_KEY}`,
  scope_missing: (subject) =>
    `The stored key may not read ${subject}: its developer key lacks a scope. Ask your Canvas administrator to add it.`,
  permission: (subject) => `Canvas does not let you open ${subject}. Ask your instructor for access.`,
  user_agent: () =>
    'Canvas refuses this service by its name (user agent). Ask the operator of this service to set a valid contact.',
  address_refused: (subject) =>
    `This service does not call the address that holds ${subject}. Check the stored Canvas address, or ask the operator.`,
  not_found: (subject) =>
    `Canvas does not have ${subject}, or hides it from you. Check that it is published.`,
  tab_disabled: (subject) =>
    `The part of the course that holds ${subject} is switched off. Ask your instructor.`,
  too_large: (subject) =>
    `The size of ${subject} is above what this service reads. Ask for a smaller version.`,
  throttled: () => 'Canvas asks us to slow down. The stage goes on by itself; retry it if it stays here.',
  canvas_fault: (subject) => `Canvas failed while opening ${subject}. Retry this stage in a few minutes.`,
  network: (subject) =>
    `Canvas could not be reached for ${subject}. Check its address, then retry this stage.`,
  timeout: (subject) => `Canvas did not answer in time for ${subject}. Retry this stage in a few minutes.`,
  not_canvas_json: (subject) =>
    `The answer for ${subject} is not what Canvas sends. Check the stored Canvas address, then retry this stage.`,
  encoded: (subject) => `Canvas sent ${subject} compressed although asked not to. Retry this stage later.`,
  foreign_link: (subject) =>
    `Canvas pointed to another site for the rest of ${subject}. Retry this stage later.`,
  storage_refused: (subject) =>
    `The storage of Canvas refused ${subject}. Retry this stage in a few minutes.`,
  unexpected: (subject) => `Canvas gave an answer we do not know for ${subject}. Retry this stage later.`,
}

interface FaultContext {
  /** What was asked for, to stand in a sentence: `the assignment 42`. */
  readonly subject: string
  readonly status: number | null
  readonly cause?: unknown
  /** Number of Canvas' own error report, for its support. */
  readonly errorReportId?: string | undefined
  /** The Retry-After header in seconds, which Canvas itself does not send and proxies do. */
  readonly retryAfterSeconds?: number | undefined
}

/** Makes the RunFailure of a fault; it holds our own sentence and nothing that came over the wire. */
export function canvasFailure(
  kind: CanvasFaultKind,
  context: FaultContext,
  random = Math.random,
): RunFailure {
  const { subject, status, cause, errorReportId, retryAfterSeconds } = context
  const report = errorReportId === undefined ? '' : ` (Canvas error report ${errorReportId})`
  const retryAfterMs = retryWaitMs(kind, retryAfterSeconds, random)
  return new RunFailure(CODES[kind], SENTENCES[kind](subject) + report, {
    cause,
    canvas: { kind, status },
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  })
}

function retryWaitMs(
  kind: CanvasFaultKind,
  retryAfterSeconds: number | undefined,
  random: () => number,
): number | null {
  if (retryAfterSeconds !== undefined && kind !== 'network') {
    return Math.min(Math.max(retryAfterSeconds, 0) * 1_000, MAX_RETRY_AFTER_MS)
  }
  // Workers throttled together must not come back together.
  return kind === 'throttled' ? Math.round(THROTTLE_WAIT_MS + random() * THROTTLE_JITTER_MS) : null
}
