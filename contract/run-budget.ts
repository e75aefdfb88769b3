const EXECUTION = 'masterplan:'

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

/** The name of the budget that the execution of a masterplan is held to. */
export function masterplanRun(masterplan_id: string): string {
  return `${EXECUTION}${masterplan_id}`
}

/** Whether a budget is that of an execution, which asks far more of models than a plan does. */
export function isExecution(run: string): boolean {
  return run.startsWith(EXECUTION)
}

/** A moment's day as budgets are named after it: UTC, `2026-01-31`. */
export function budgetDay(at: Date): string {
  return at.toISOString().slice(0, 'yyyy-mm-dd'.length)
}
