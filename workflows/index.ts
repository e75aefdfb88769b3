export { planAssignment } from './plan-assignment.ts'
