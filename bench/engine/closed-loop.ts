import { percentile } from '../ground/percentile.ts'
import { within } from '../ground/run-bench.ts'

export interface LoopPlan {
  readonly concurrency: number
  /** How many are started at most. */
  readonly total: number
  /** After so long no more are started; those under way are waited for. */
  readonly forMs: number
}

export interface LoopFigures {
  readonly done: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

/** Keeps so many pieces of work under way, each starting when one ends, and answers how long each took. */
export async function closedLoop(
  plan: LoopPlan,
  deadline: AbortSignal,
  one: () => Promise<void>,
): Promise<LoopFigures> {
  const begun = performance.now()
  const latencies: number[] = []
  let next = 0
  const keepBusy = async (): Promise<void> => {
    while (next < plan.total && performance.now() - begun < plan.forMs) {
      const started = performance.now()
      next += 1
      await within(deadline, one())
      latencies.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: plan.concurrency }, keepBusy))
  const seconds = (performance.now() - begun) / 1_000
  const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)]
  return { done: latencies.length, perSecond: latencies.length / seconds, p50, p99 }
}
