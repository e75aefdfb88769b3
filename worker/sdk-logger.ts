import { DefaultLogger } from '@temporalio/worker'
import type { Logger } from 'pino'

// The SDK speaks of its own life at info, which is of interest to nobody on a good day.
const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const

/** Passes the lines of the Temporal SDK on to our own log, as JSON and scrubbed like any other. */
export function createSdkLogger(logger: Logger): DefaultLogger {
  return new DefaultLogger('INFO', ({ level, message, meta }) => {
    const { workflowId: workflow_id, ...rest } = { ...meta }
    logger[LEVELS[level]]({ ...rest, workflow_id }, message)
  })
}
