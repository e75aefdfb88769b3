/** Every scope there is. They stand on the account, are matched by exact string, and only an operator grants them. */
export const SCOPES = [
  'supervisor:read',
  'supervisor:write',
  'resources:read',
  'resources:write',
  'jobs:read',
  'jobs:write',
] as const

export type Scope = (typeof SCOPES)[number]

/** What stands in a token in place of a tenant for somebody who sees the rows of all of them. */
export const ALL_TENANTS = '*'

/** The scope with this name; undefined when there is none. */
export function findScope(name: string): Scope | undefined {
  return SCOPES.find((scope) => scope === name)
}
