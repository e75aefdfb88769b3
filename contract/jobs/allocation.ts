/** What a tenant may hold at a depth, and what it holds. */
export interface DepthUse {
  readonly max_workers: number
  readonly max_concurrent_jobs: number
  readonly held_workers: number
  /** Jobs that hold something. */
  readonly active_jobs: number
}

export interface Wish {
  readonly worker_count: number
  readonly allow_partial: boolean
  /** Whether the job holds workers at this depth already: then it is no further one. */
  readonly is_active: boolean
}

/** How many workers a wish is granted: all of them or none, or with `allow_partial` what is free. */
export function grantOf(use: DepthUse, { worker_count, allow_partial, is_active }: Wish): number {
  if (!is_active && use.active_jobs >= use.max_concurrent_jobs) return 0
  const free = Math.max(0, use.max_workers - use.held_workers)
  if (worker_count <= free) return worker_count
  return allow_partial ? free : 0
}

const WARNING = 0.8
const CRITICAL = 0.9

/** How a depth looks: what is left, and whether that is little. */
export function describeUse({ max_workers, max_concurrent_jobs, held_workers, active_jobs }: DepthUse) {
  const share = held_workers / max_workers
  return {
    allocated: held_workers,
    available: Math.max(0, max_workers - held_workers),
    allocated_workers: held_workers,
    max_workers,
    active_jobs,
    max_concurrent_jobs,
    warning: share >= WARNING,
    critical: share >= CRITICAL,
  }
}
