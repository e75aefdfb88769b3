import { ACCOUNT_ROUTES } from './account-routes.ts'
import { ASSIGNMENT_ROUTES } from './assignment-routes.ts'
import { FEEDBACK_ROUTES } from './feedback-routes.ts'
import { HANDOFF_ROUTES } from './handoff-routes.ts'
import { JOB_ROUTES } from './job-routes.ts'
import { MASTERPLAN_ROUTES } from './masterplan-routes.ts'
import { RESOURCE_ROUTES } from './resource-routes.ts'
import { SERVICE_ROUTES } from './service-routes.ts'
import { SUPERVISOR_ROUTES } from './supervisor-routes.ts'

export { DEFAULT_BODY_LIMIT_BYTES, KIB, type Route } from './route.ts'

/** Every route of the API by operation. */
export const ROUTES = {
  ...ACCOUNT_ROUTES,
  ...ASSIGNMENT_ROUTES,
  ...FEEDBACK_ROUTES,
  ...MASTERPLAN_ROUTES,
  ...HANDOFF_ROUTES,
  ...JOB_ROUTES,
  ...SUPERVISOR_ROUTES,
  ...RESOURCE_ROUTES,
  ...SERVICE_ROUTES,
} as const

export type Operation = keyof typeof ROUTES

/** Operations that tell about the service itself and need nothing but it. */
export type ServiceOperation = keyof typeof SERVICE_ROUTES

/** Prefixes under which every route is served alike. */
export const PREFIXES = ['', '/api', '/api/v1'] as const
