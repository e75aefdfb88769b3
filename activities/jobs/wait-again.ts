import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common'

const SHORTEST_MS = 200
const LONGEST_MS = 5_000
const GROWTH = 1.5

/**
 * Milliseconds until a job asks again for what it waits for: ever longer up to five seconds, and apart from others that
 * wait for the same. `random` is from 0 to below 1.
 */
export function waitAgainMs(attempt: number, random: number): number {
  const longest = Math.min(SHORTEST_MS * GROWTH ** Math.min(attempt - 1, 40), LONGEST_MS)
  return Math.round(longest * (0.5 + random / 2))
}

/** What Temporal is told of a job that cannot go on yet: nothing is wrong, and it is asked again. */
export function notYet(
  type: 'NO_PLACE' | 'OPEN_BELOW',
  message: string,
  attempt: number,
): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    nextRetryDelay: waitAgainMs(attempt, Math.random()),
    category: ApplicationFailureCategory.BENIGN,
  })
}
