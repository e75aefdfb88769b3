// Names that must be the same on every side of Temporal: plain data, so that workflows may load it.

export const TASK_QUEUE = 'waymark'

export interface AssignmentKey {
  readonly user_id: string
  readonly course_id: string
  readonly assignment_id: string
}

/** The one Temporal workflow id of an assignment; opaque ids only, since workflow ids are never encrypted. */
export function assignmentWorkflowId({ user_id, course_id, assignment_id }: AssignmentKey): string {
  return `assignment:${user_id}:${course_id}:${assignment_id}`
}

/** The one Temporal workflow id of a feedback job. */
export function feedbackWorkflowId(job_id: string): string {
  return `feedback:${job_id}`
}

/** The one Temporal workflow id of a masterplan. */
export function masterplanWorkflowId(masterplan_id: string): string {
  return `masterplan:${masterplan_id}`
}

/** The one Temporal workflow id of a hand-off. */
export function handoffWorkflowId(workflow_id: string): string {
  return `workflow:${workflow_id}`
}

/** The one Temporal workflow id of a submitted job. */
export function jobWorkflowId(job_id: string): string {
  return `job:${job_id}`
}

/** The one schedule by which the runs of a task queue are looked after; its rounds are named after it too. */
export function reconcileScheduleId(task_queue: string): string {
  return `reconcile:${task_queue}`
}

/** By these a run is found in Temporal Web UI; never encrypted, so opaque ids and states only. */
export const SEARCH_ATTRIBUTES = {
  RunKind: 'KEYWORD',
  Stage: 'KEYWORD',
  StageState: 'KEYWORD',
  CourseId: 'KEYWORD',
  UserRef: 'KEYWORD',
  FailureType: 'KEYWORD',
  Generation: 'INT',
} as const
