import type { Route } from '../contract/routes.ts'
import type { Reply } from './reply.ts'

/** An answer that its route does not declare: our fault, told to the client as an internal error. */
export class AnswerMismatch extends Error {
  override readonly name = 'AnswerMismatch'
}

/** An answer as handlers give it, whichever route it is for. */
export interface AnyAnswer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly etag?: string
}

/** Turns an answer into the reply that goes out, having parsed it: nothing leaves that the route does not declare. */
export function checkAnswer(route: Route, answer: AnyAnswer): Reply {
  const { status, headers, etag } = answer
  const schema = route.answers[status]
  if (schema === undefined) throw new AnswerMismatch(`${route.operation} does not answer ${status}`)
  return {
    status,
    headers: {
      'Cache-Control': etag === undefined ? 'no-store' : 'private, no-cache',
      ...(etag !== undefined && { ETag: `"${etag}"` }),
      ...headers,
    },
    body: schema === null ? undefined : parseBody(route, status, schema.safeParse(answer.body)),
  }
}

type Outcome = ReturnType<NonNullable<Route['answers'][number]>['safeParse']>

function parseBody({ operation }: Route, status: number, { data, error }: Outcome): unknown {
  if (error === undefined) return data
  // Where it does not fit, never what was there.
  const paths = error.issues.map(({ path, code }) => `${path.join('.')} ${code}`).join(', ')
  throw new AnswerMismatch(`${operation} answered ${status} with a body it does not declare: ${paths}`)
}
