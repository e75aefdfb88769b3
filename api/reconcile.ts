import type { Logger } from 'pino'

import { isDatabaseAway } from '../db/open.ts'
import { PartAway } from './part-away.ts'

// A healthy run writes far more often than this; a quiet one costs a question to Temporal, no more.
const QUIET_MS = 30_000
const PAGE = 100

/** What one kind of run is looked through by. */
export interface Reconcilable<R extends { readonly job_id: string }> {
  /** Runs that should be under way but have been silent since `before`, page by page, oldest first. */
  readonly findQuiet: (page: {
    readonly before: Date
    readonly after: R | undefined
    readonly limit: number
  }) => Promise<readonly R[]>
  /** Helps one of them on, or writes down that it is over. */
  readonly mend: (run: R) => Promise<void>
}

const isAway = (error: unknown): boolean => error instanceof PartAway || isDatabaseAway(error)

/** Makes a pass over every quiet run of a kind; one that cannot be mended does not keep the others from it. */
export function createPass<R extends { readonly job_id: string }>(
  { findQuiet, mend }: Reconcilable<R>,
  logger: Logger,
): (signal: AbortSignal) => Promise<void> {
  return async (signal) => {
    const before = new Date(Date.now() - QUIET_MS)
    let after: R | undefined
    do {
      const page = await findQuiet({ before, after, limit: PAGE })
      for (const run of page) {
        if (signal.aborted) return
        await mend(run).catch((err: unknown) => {
          if (isAway(err)) throw err
          logger.error({ err, job_id: run.job_id }, 'a run could not be reconciled')
        })
      }
      after = page.length === PAGE ? page.at(-1) : undefined
    } while (after !== undefined)
  }
}

export interface ReconcilerOptions {
  readonly passes: readonly ((signal: AbortSignal) => Promise<void>)[]
  readonly logger: Logger
  readonly everyMs: number
}

/**
 * Starts what was accepted but never reached Temporal, e.g. when the API died between its two steps, and closes what
 * was ended there behind our back: now and then until disposed of, one round at a time. What is away is waited for.
 */
export function startReconciler({ passes, logger, everyMs }: ReconcilerOptions): AsyncDisposable {
  const stopping = new AbortController()
  let round: Promise<void> | undefined
  const run = async (): Promise<void> => {
    try {
      for (const pass of passes) await pass(stopping.signal)
    } catch (err) {
      if (!isAway(err)) logger.error({ err }, 'reconciling failed')
    }
    round = undefined
  }
  const timer = setInterval(() => {
    round ??= run()
  }, everyMs)
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer)
      stopping.abort()
      await round
    },
  }
}
