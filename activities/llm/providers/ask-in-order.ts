import { FAILURES, ModelFailure } from './failures.ts'

/** Whether the next model of the list is to be asked after a failure of this one. */
function mayAskNext(error: unknown): error is ModelFailure {
  return error instanceof ModelFailure && FAILURES[error.kind].next
}

// One that names no time may answer at once, and the usual pause between tries is for it.
function soonest(a: ModelFailure, b: ModelFailure): ModelFailure {
  return (b.retryAfterMs ?? 0) < (a.retryAfterMs ?? 0) ? b : a
}

/**
 * Asks in order until one answers: the next only where the one before is overloaded or away, never where it refused.
 * Throws the failure of the one that may answer soonest, or at once what must not be tried elsewhere.
 */
export async function askInOrder<C, R>(
  choices: readonly [C, ...C[]],
  ask: (choice: C) => Promise<R>,
  before?: ModelFailure,
): Promise<R> {
  const [choice, next, ...others] = choices
  try {
    return await ask(choice)
  } catch (error) {
    if (!mayAskNext(error)) throw error
    const failure = before === undefined ? error : soonest(before, error)
    if (next === undefined) throw failure
    return askInOrder([next, ...others], ask, failure)
  }
}
