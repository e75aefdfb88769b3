import { StackFailure } from '../../stack/stack-failure.ts'
import { BenchFailure } from './bench-failure.ts'
import { describeMachine } from './machine.ts'

/** A benchmark is over after so long, unless it says otherwise. */
const BUDGET_MS = 90_000
// What it takes to end the servers.
const ENDING_MS = 5_000

/** Runs a benchmark within its time and prints the machine and the figures that it answers. */
export async function runBench(
  measure: (deadline: AbortSignal) => Promise<string>,
  budgetMs = BUDGET_MS,
): Promise<void> {
  const late = new BenchFailure(
    `not measured within ${budgetMs / 1_000} s: this machine has too much else to do`,
  )
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(late), budgetMs - ENDING_MS)
  try {
    const figures = await measure(ending.signal)
    process.stdout.write(`${describeMachine()}\n\n${figures}\n`)
  } catch (error) {
    if (!(error instanceof BenchFailure || error instanceof StackFailure)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  } finally {
    clearTimeout(timer)
  }
}

/** Waits for work, but not beyond the deadline: then it throws the deadline's reason. */
export async function within<T>(deadline: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(deadline.reason)
  if (deadline.aborted) stop()
  deadline.addEventListener('abort', stop)
  try {
    return await Promise.race([work, over])
  } finally {
    deadline.removeEventListener('abort', stop)
  }
}
