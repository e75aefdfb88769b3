import type { LookupAddress } from 'node:dns'

/** Resolves a host name to all of its addresses. */
export type Resolver = (hostname: string) => Promise<readonly LookupAddress[]>

/** Which hosts this service may call. */
export interface OutboundPolicy {
  /** Hosts a Canvas may be registered at: exact names, or `*.name` for everything below it; empty = any public host. */
  readonly allowedHosts: readonly string[]
  /** Exact `host:port` pairs that may be reached on loopback and over http; for a development sandbox only. */
  readonly devHosts: readonly string[]
  /** Name resolution; the system's own when absent. */
  readonly resolver?: Resolver
}

/** True when the policy names this host and port as a development host. */
export function isDevHost({ devHosts }: OutboundPolicy, hostWithPort: string): boolean {
  return devHosts.some((dev) => dev.toLowerCase() === hostWithPort.toLowerCase())
}

/** True when a Canvas may be registered at this host name; `*.name` means below `name`, at any depth, not `name` itself. */
export function isAllowedHost({ allowedHosts }: OutboundPolicy, hostname: string): boolean {
  if (allowedHosts.length === 0) return true
  return allowedHosts.some((entry) => {
    const pattern = entry.toLowerCase()
    return pattern.startsWith('*.') ? hostname.endsWith(pattern.slice(1)) : hostname === pattern
  })
}
