const US_PER_SECOND = 1_000_000

/** So many at once; what was taken comes back evenly, all of it within `seconds`. */
export interface RateLimit {
  readonly amount: number
  readonly seconds: number
}

/** One limit that a request takes from. */
export interface Ask {
  readonly key: string
  /** How the answer's headers name it. */
  readonly name: string
  readonly limit: RateLimit
  /** Whoever has nothing outstanding under this key is let through even where this limit is used up. */
  readonly sparing?: string
}

/** How one limit stands after a request was let through or refused. */
export interface Standing extends Ask {
  readonly isRefused: boolean
  /** Whether one was taken: not of a limit that is used up and spares the caller. */
  readonly isTaken: boolean
  readonly remaining: number
  /** Until everything taken is given back. */
  readonly resetSeconds: number
  /** Until one more is let through; 0 where one would be at once. */
  readonly waitSeconds: number
  /** Microseconds since 1970. */
  readonly clearAtUs: number
}

export interface Decision {
  readonly isAdmitted: boolean
  /** In the order asked. */
  readonly standings: readonly Standing[]
}

function secondsUp(us: number): number {
  return Math.max(0, Math.ceil(us / US_PER_SECOND))
}

function intervalOf({ amount, seconds }: RateLimit): number {
  return Math.ceil((seconds * US_PER_SECOND) / amount)
}

function stand(ask: Ask, { clearAtUs, nowUs, isRefused, isTaken }: Judged): Standing {
  const interval = intervalOf(ask.limit)
  const outstanding = Math.max(0, clearAtUs - nowUs)
  const room = interval * ask.limit.amount - outstanding
  return {
    ...ask,
    isRefused,
    isTaken,
    remaining: Math.max(0, Math.floor(room / interval)),
    resetSeconds: secondsUp(outstanding),
    waitSeconds: secondsUp(interval - room),
    clearAtUs: Math.max(clearAtUs, nowUs),
  }
}

interface Judged extends Pick<Standing, 'clearAtUs' | 'isRefused' | 'isTaken'> {
  readonly nowUs: number
}

/**
 * Decides whether a request is let through by all its limits, and takes one of each if so: a refused request takes
 * nothing. The generic cell rate algorithm; times are whole microseconds, so that nothing is lost by rounding.
 */
export function decideAsks(
  asks: readonly Ask[],
  clearAt: ReadonlyMap<string, number>,
  nowUs: number,
): Decision {
  const clearAtOf = (key: string): number => clearAt.get(key) ?? 0
  const judged = asks.map((ask) => {
    const before = Math.max(clearAtOf(ask.key), nowUs)
    const after = before + intervalOf(ask.limit)
    const fits = after - nowUs <= intervalOf(ask.limit) * ask.limit.amount
    const isSpared = ask.sparing !== undefined && clearAtOf(ask.sparing) <= nowUs
    return { ask, before, after, fits, isRefused: !fits && !isSpared }
  })
  const isAdmitted = judged.every(({ isRefused }) => !isRefused)
  const standings = judged.map(({ ask, before, after, fits, isRefused }) => {
    const isTaken = isAdmitted && fits
    return stand(ask, { clearAtUs: isTaken ? after : before, nowUs, isRefused, isTaken })
  })
  return { isAdmitted, standings }
}

/** When a limit is clear once one of what was taken is given back, in microseconds since 1970. */
export function giveOneBack(limit: RateLimit, clearAtUs: number): number {
  return Math.max(0, clearAtUs - intervalOf(limit))
}
