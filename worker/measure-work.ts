import type { ActivityInterceptorsFactory } from '@temporalio/worker'
import type { Logger } from 'pino'

import { measureWorkers } from '../db/intents/measure-workers.ts'
import type { OpenDatabase } from '../db/open.ts'
import { idsOf, nameWork, type WorkName } from './name-work.ts'

// Phases by rules last a fraction of a second, and a run of a second is still to be seen.
const EVERY_MS = 500
const MICROSECONDS = 1_000
const BYTES_OF_MB = 1_048_576

export interface WorkMeter extends AsyncDisposable {
  /** Tells the meter what this process works at. */
  readonly interceptor: ActivityInterceptorsFactory
}

/** Measures twice a second what the work of this process uses, an equal share each, until it is disposed of. */
export function startWorkMeter({ write }: OpenDatabase, logger: Logger): WorkMeter {
  const atWork = new Set<WorkName>()
  let ended: WorkName[] = []
  let shown: readonly WorkName[] = []
  let last = { cpu: process.cpuUsage(), at: performance.now() }
  let running: Promise<void> | undefined

  const measure = async (): Promise<void> => {
    const at = performance.now()
    const { user, system } = process.cpuUsage(last.cpu)
    const cpu_percent = ((user + system) / MICROSECONDS / Math.max(1, at - last.at)) * 100
    last = { cpu: process.cpuUsage(), at }
    // What began and ended since the last look has used its part too.
    const work = [...new Map([...ended, ...atWork].map((name) => [name.id, name])).values()]
    ended = []
    const share = Math.max(1, work.length)
    const memory_mb = process.memoryUsage.rss() / BYTES_OF_MB / share
    const still = new Set(work.map(({ id }) => id))
    const gone = shown.filter(({ id }) => !still.has(id))
    shown = work
    if (gone.length > 0) await measureWorkers(write, idsOf(gone), null)
    const usage = { cpu_percent: cpu_percent / share, memory_mb }
    if (work.length > 0) await measureWorkers(write, idsOf(work), usage)
  }
  const timer = setInterval(() => {
    running ??= measure()
      .catch((err: unknown) => logger.warn({ err }, 'what work uses was not measured'))
      .finally(() => {
        running = undefined
      })
  }, EVERY_MS)
  return {
    interceptor: () => ({
      inbound: {
        execute: async (input, next) => {
          const name = nameWork(input.args)
          if (name !== undefined) atWork.add(name)
          try {
            return await next(input)
          } finally {
            if (name !== undefined && atWork.delete(name)) ended.push(name)
          }
        },
      },
    }),
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer)
      await running
    },
  }
}
