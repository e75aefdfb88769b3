export { giveFeedback } from './give-feedback.ts'
export { planAssignment } from './plan-assignment.ts'
export { runHandoff } from './run-handoff.ts'
export { runMasterplan } from './run-masterplan.ts'
