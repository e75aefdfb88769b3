import type { Logger } from 'pino'

import type { RoundOutcome, RunPace } from '../contract/reconcile.ts'
import type { OpenDatabase } from '../db/open.ts'
import type { ArtefactRoot } from './artefacts/artefact-root.ts'
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
  readonly artefacts: ArtefactRoot
  /** The most workers a tenant may hold at each depth of its tree of jobs. */
  readonly quotas: readonly number[]
  /** Makes a round over all runs, at this pace for those it starts. */
  readonly reconcile: (pace: RunPace, signal: AbortSignal) => Promise<RoundOutcome>
  readonly logger: Logger
  readonly now: () => Date
}
