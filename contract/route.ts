import type { z } from 'zod'

import type { ProblemCode } from './problem.ts'

export type Method = 'get' | 'post' | 'put' | 'delete' | 'patch'

/** One route: what it takes, what it answers and which problems are its own. Router and OpenAPI are made from it. */
export interface Route {
  readonly method: Method
  /** Path with `{name}` parameters, without a prefix. */
  readonly path: string
  readonly operation: string
  readonly tag:
    | 'accounts'
    | 'assignments'
    | 'feedback'
    | 'masterplans'
    | 'handoffs'
    | 'jobs'
    | 'resources'
    | 'supervisor'
    | 'service'
  readonly summary: string
  readonly description: string
  /** `none` needs no token, `user` any valid one, anything else is a scope. */
  readonly access: 'none' | 'user' | (string & {})
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly bodyOptional?: boolean
  readonly bodyLimitBytes?: number
  /** Whether the body is a file as it is, in place of JSON. */
  readonly bodyIsFile?: true
  /** Status to schema; null stands for an answer without body. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>
  readonly answerType?: 'application/json' | 'text/event-stream' | 'text/html' | '*/*'
  readonly etag?: boolean
  /** Whether malformed ids and filters, and what the state does not admit, are 400 (contract §4). */
  readonly refusesWith400?: true
  /** False where an answer holds a secret: it is never kept, so a request sent again is carried out again. */
  readonly keepsReply?: false
  /** What it begins, of which a user and a tenant may begin so many in a time. */
  readonly begins?: 'start' | 'submission' | 'job'
  readonly problems: readonly ProblemCode[]
}

export const KIB = 1_024
export const DEFAULT_BODY_LIMIT_BYTES = 64 * KIB
