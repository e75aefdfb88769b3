// The tree of jobs: how deep a job stands, and what follows from that. Plain data, loaded by workflows as well.

export const DEEPEST = 5
export const DEPTHS = [0, 1, 2, 3, 4, 5] as const

const LEVEL_SECONDS = 300
const LEVEL_GROWTH = 1.5
const LONGEST_PATIENCE_SECONDS = 21_600
const PATIENCE_GROWTH = 2
const RETRY_MS = 50
const RETRY_GROWTH = 2

/** How often a sub-job that did not work is tried again, each time as a new job. */
export const MAX_SUB_JOB_RETRIES = 2

/** Where a job would stand, or why it cannot stand there. */
export type Placed =
  | { readonly kind: 'at'; readonly depth: number }
  | { readonly kind: 'too_deep' }
  | { readonly kind: 'misplaced'; readonly depth: number }

/** The depth of a job under a parent at `parentDepth` (null for a root), when it is asked for at `wished`. */
export function placeJob(parentDepth: number | null, wished: number | undefined): Placed {
  const depth = parentDepth === null ? 0 : parentDepth + 1
  if (depth > DEEPEST) return { kind: 'too_deep' }
  return wished === undefined || wished === depth ? { kind: 'at', depth } : { kind: 'misplaced', depth }
}

/**
 * Seconds a job at this depth may go on without coming further: 450 at depth 0, half as much again at each level below.
 * `base` is what the growth begins from.
 */
export function levelTimeoutSeconds(depth: number, base: number = LEVEL_SECONDS): number {
  return Math.floor(base * LEVEL_GROWTH ** (depth + 1))
}

/**
 * Seconds a job waits for an end below it before it asks whether something holds it up there: its level's time, and
 * after each time that something does twice as long, up to six hours, since each question lengthens its history.
 */
export function patienceSeconds(level_s: number, timesHeld: number): number {
  return Math.min(level_s * PATIENCE_GROWTH ** timesHeld, Math.max(level_s, LONGEST_PATIENCE_SECONDS))
}

/** Milliseconds before a sub-job of this depth is tried again. */
export function retryDelayMs(depth: number): number {
  return RETRY_MS * RETRY_GROWTH ** depth
}
