/** The name of the budget that a plan of one generation is held to. */
export function planRun({
  workspace_id,
  generation,
}: {
  readonly workspace_id: string
  readonly generation: number
}): string {
  return `plan:${workspace_id}:${generation}`
}

/** The name of the budget that a job beside the plan is held to. */
export function jobRun(job_id: string): string {
  return `job:${job_id}`
}

/** A moment's day as budgets are named after it: UTC, `2026-01-31`. */
export function budgetDay(at: Date): string {
  return at.toISOString().slice(0, 'yyyy-mm-dd'.length)
}
