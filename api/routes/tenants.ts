import { ApiProblem } from '../../contract/problem.ts'
import { ALL_TENANTS } from '../../contract/scopes.ts'
import type { Caller } from '../route.ts'

/** The tenant whose rows somebody sees; null for every one. */
export function tenantSeenBy({ workspace_id }: Caller): string | null {
  return workspace_id === ALL_TENANTS ? null : workspace_id
}

/** The one tenant a request is about: their own unless another is named. Throws ApiProblem (404) where they do not see it. */
export function chooseTenant(user: Caller, named: string | undefined): string {
  if (named === undefined) return user.tenant_id
  const seen = tenantSeenBy(user)
  if (seen === null || seen === named) return named
  throw new ApiProblem('NOT_FOUND', 'You see no tenant with this workspace_id. Leave it out for your own.')
}
