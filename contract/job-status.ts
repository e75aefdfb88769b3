import type { JobState } from './machines.ts'

/** How each state of a job reads on the feedback routes and in events: one that is submitted waits like one that is pending. */
const FEEDBACK_STATUS = {
  SUBMITTED: 'pending',
  PENDING: 'pending',
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELED: 'canceled',
} as const satisfies Record<JobState, string>

/** The word feedback jobs show for a state. */
export function feedbackStatus(state: JobState): (typeof FEEDBACK_STATUS)[JobState] {
  return FEEDBACK_STATUS[state]
}
