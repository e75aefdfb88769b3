export { giveFeedback } from './give-feedback.ts'
export { planAssignment } from './plan-assignment.ts'
