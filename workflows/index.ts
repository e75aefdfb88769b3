export { giveFeedback } from './give-feedback.ts'
export { planAssignment } from './plan-assignment.ts'
export { runJob } from './run-job.ts'
export { runMasterplan } from './run-masterplan.ts'
