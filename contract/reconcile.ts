/** How a stage is watched, and how often it tries again by itself before it waits for a person. */
export interface StagePace {
  /** A worker that is silent for so long is taken for dead, and its stage given to another. */
  readonly heartbeat_timeout_ms: number
  readonly initial_interval_ms: number
  readonly max_attempts: number
}

/** At what pace runs are started; numbers alone, so that they may stand in any history. */
export interface RunPace {
  readonly stage: StagePace
  /** What level timeouts of submitted jobs grow from, in seconds. */
  readonly timeout_base_s: number
}

/** What one round over the runs came to, in counts. */
export interface RoundOutcome {
  /** Runs that were to be under way and were not. */
  readonly started: number
  /** Runs that were over while their rows said otherwise. */
  readonly closed: number
  /** Runs that were to be ended or started and could not be; the log of the worker says why. */
  readonly broken: number
  /** Whether PostgreSQL or Temporal was away, so that the rest is left to the next round. */
  readonly is_cut_short: boolean
}
