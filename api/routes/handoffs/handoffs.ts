import type { HANDOFF_ROUTES } from '../../../contract/handoff-routes.ts'
import type { Handlers } from '../../route.ts'
import { createAdvanceHandoff, createRequestRetry, createRollback } from './change-handoff.ts'
import type { HandoffDeps } from './handoff-deps.ts'
import { createGetHistory, createGetStats, createGetStatus, createStream } from './read-handoff.ts'
import { createStartHandoff } from './start-handoff.ts'

/** The handlers of everything below /workflows. */
export function createHandoffHandlers(deps: HandoffDeps): Handlers<keyof typeof HANDOFF_ROUTES> {
  return {
    startHandoff: createStartHandoff(deps),
    advanceHandoff: createAdvanceHandoff(deps),
    getHandoffStatus: createGetStatus(deps),
    requestHandoffRetry: createRequestRetry(deps),
    rollbackHandoff: createRollback(deps),
    getHandoffHistory: createGetHistory(deps),
    getHandoffStats: createGetStats(deps),
    streamHandoffEvents: createStream(deps),
  }
}
