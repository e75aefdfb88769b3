import type { ApiProblem } from '../../contract/problem.ts'
import { isClientLeft } from '../client-left.ts'
import type { AppContext, AppMiddleware } from '../context.ts'
import { problemReply } from '../problem-reply.ts'
import { sendReply } from '../reply.ts'
import { toProblem } from '../to-problem.ts'

/** Turns whatever is thrown below into one problem answer, and logs what is ours to mend. */
export function answerProblems(): AppMiddleware {
  return async (ctx, next) => {
    try {
      await next()
    } catch (thrown) {
      // The log line of the request says that it was left.
      if (isClientLeft(thrown)) return
      const problem = toProblem(thrown)
      logProblem(ctx, problem, thrown)
      if (ctx.headerSent) ctx.res.destroy()
      else sendReply(ctx, problemReply(problem, { instance: ctx.path, traceId: ctx.state.traceId }))
    }
  }
}

function logProblem({ state }: AppContext, problem: ApiProblem, thrown: unknown): void {
  if (problem.status < 500) return
  hideRows(thrown)
  if (problem.code === 'INTERNAL') state.log.error({ err: thrown }, 'a request failed')
  else state.log.warn({ err: thrown, code: problem.code }, 'a request could not be served')
}

/** PostgreSQL writes whole rows into the detail of an error, password hashes too: they are not for the log. */
function hideRows(thrown: unknown): void {
  if (!(thrown instanceof Error)) return
  if ('detail' in thrown) thrown.detail = undefined
  hideRows(thrown.cause)
}
