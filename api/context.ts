import type { Middleware, ParameterizedContext } from 'koa'
import type { Logger } from 'pino'

/** What every request carries from the first middleware on. */
export interface AppState {
  traceId: string
  /** Its lines carry the trace id. */
  log: Logger
  /** Who asks, once that is known; for the log. */
  userId?: string
  /** The job that the request began or joined, once that is known; for the log. */
  jobId?: string
}

export type AppContext = ParameterizedContext<AppState>
export type AppMiddleware = Middleware<AppState>
