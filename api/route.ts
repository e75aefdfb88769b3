import type { Context } from 'koa'
import type { z } from 'zod'

import type { AccessClaims } from '../contract/accounts.ts'
import type { Operation, ROUTES, ServiceOperation } from '../contract/routes.ts'

type Routes = typeof ROUTES

type Parsed<R, Part extends string> = R extends { readonly [P in Part]: infer S extends z.ZodType }
  ? z.infer<S>
  : undefined

/** Who asks, as the access token or the stream ticket says; `exp` in seconds since 1970 ends an open stream. */
export interface Caller extends Pick<AccessClaims, 'sub' | 'workspace_id' | 'scopes' | 'exp'> {
  /** Where what they make belongs; `workspace_id` says whose rows they see. */
  readonly tenant_id: string
}

/** A request after its token, parameters, query and body were found right. */
export interface HandlerRequest<O extends Operation> {
  readonly params: Parsed<Routes[O], 'params'>
  readonly query: Parsed<Routes[O], 'query'>
  /** Where the body is optional and absent, an empty one. */
  readonly body: Parsed<Routes[O], 'body'>
  /** Null exactly on routes that need no token; a stream ticket was already taken when there is a caller. */
  readonly user: Routes[O]['access'] extends 'none' ? null : Caller
  /** The idempotency key in lower case, when one was sent. */
  readonly requestId: string | null
  /** Goes into logs and problems, and on into whatever the request begins. */
  readonly traceId: string
  readonly ctx: Context
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal
}

interface AnswerHead<Status> {
  readonly status: Status
  readonly headers?: Readonly<Record<string, string>>
  /** The version of what is answered, without quotes; two different things never share one. */
  readonly etag?: string
}

type AnswerOf<Answers> = {
  [Status in keyof Answers]: AnswerHead<Status> &
    (Answers[Status] extends z.ZodType
      ? { readonly body: z.infer<Answers[Status]> }
      : { readonly body?: undefined })
}[keyof Answers]

/** What a handler may answer: the statuses and bodies of its route. Anything else is thrown as ApiProblem. */
export type Answer<O extends Operation> = AnswerOf<Routes[O]['answers']>

type WritesItself<O extends Operation> = Routes[O] extends { readonly answerType: 'text/event-stream' }
  ? undefined
  : never

/** Serves one route; an event stream may write the response itself and answer nothing. */
export type Handler<O extends Operation> = (
  request: HandlerRequest<O>,
) => Promise<Answer<O> | WritesItself<O>>

export type Handlers<O extends Operation = Operation> = { readonly [K in O]: Handler<K> }

/** The handlers an application is made of; those about the service itself it brings along. */
export type AppHandlers = Handlers<Exclude<Operation, ServiceOperation>>
