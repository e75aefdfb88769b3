import type { Logger } from 'pino'

import type { OpenDatabase } from '../db/open.ts'
import type { CanvasAccess } from './canvas-access.ts'
import type { Sandbox } from './documents/sandbox.ts'
import type { LlmPort } from './llm/port.ts'
import type { Spending } from './spending.ts'

/** Everything the activities reach the world through; made once by the worker. */
export interface ActivityDeps {
  readonly db: OpenDatabase
  readonly llm: LlmPort
  readonly spending: Spending
  readonly sandbox: Sandbox
  readonly canvas: CanvasAccess
  readonly logger: Logger
  readonly now: () => Date
}
