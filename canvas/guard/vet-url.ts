import { isIP } from 'node:net'

import { isAllowedHost, isDevHost, type OutboundPolicy } from './policy.ts'
import { isPublicAddress } from './public-address.ts'

const MAX_URL_CHARACTERS = 2_048
// Names that never belong to a public site: RFC 6761, 6762, 7686, 8375 and what home and office routers invent.
const RESERVED_NAMES = new Set(
  'local internal intranet localhost localdomain lan home corp private arpa onion test example invalid'.split(
    ' ',
  ),
)

/** Why an address may not be called. */
export type UrlRefusal =
  | 'malformed'
  | 'not_https'
  | 'userinfo'
  | 'port'
  | 'single_label'
  | 'reserved_name'
  | 'private_address'
  | 'not_allowed_host'

export type VettedUrl =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly reason: UrlRefusal }
export type VettedOrigin =
  | { readonly ok: true; readonly origin: string }
  | { readonly ok: false; readonly reason: UrlRefusal }

/** Vets the address of a Canvas to be registered and reduces it to its origin, `https://host`. */
export function vetOrigin(input: string, policy: OutboundPolicy): VettedOrigin {
  const vetted = vetUrl(input, policy)
  if (!vetted.ok) return vetted
  const { url } = vetted
  if (isDevHost(policy, url.host) || isAllowedHost(policy, url.hostname))
    return { ok: true, origin: url.origin }
  return { ok: false, reason: 'not_allowed_host' }
}

/**
 * Vets one address about to be called: https, port 443, no user info, a name or address that can be public.
 * The list of allowed hosts is no part of it: Canvas keeps files on storage hosts that the list does not name.
 */
export function vetUrl(input: string, policy: OutboundPolicy): VettedUrl {
  // The parser drops tabs and line breaks and turns backslashes into slashes; what it repairs, a filter misreads.
  if (input.length > MAX_URL_CHARACTERS || /[\s\p{Cc}\\]/u.test(input))
    return { ok: false, reason: 'malformed' }
  const url = URL.parse(input)
  if (url === null) return { ok: false, reason: 'malformed' }
  url.hostname = url.hostname.replace(/\.$/, '')
  const reason = refusalOf(url, policy)
  return reason === null ? { ok: true, url } : { ok: false, reason }
}

function refusalOf(url: URL, policy: OutboundPolicy): UrlRefusal | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'not_https'
  if (url.username !== '' || url.password !== '') return 'userinfo'
  if (isDevHost(policy, url.host)) return null
  if (url.protocol !== 'https:') return 'not_https'
  if (url.port !== '') return 'port'
  const address = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0) return isPublicAddress(address) ? null : 'private_address'
  return refusalOfName(url.hostname)
}

function refusalOfName(hostname: string): UrlRefusal | null {
  if (!/^[a-z0-9_.-]+$/.test(hostname)) return 'malformed'
  const labels = hostname.split('.')
  if (labels.includes('')) return 'malformed'
  if (RESERVED_NAMES.has(labels.at(-1) ?? '')) return 'reserved_name'
  return labels.length === 1 ? 'single_label' : null
}

const REFUSAL_SENTENCES: Record<UrlRefusal, string> = {
  malformed:
    'This is not a web address. Use the address of your Canvas, such as https://school.instructure.com.',
  not_https: 'The address must begin with https://.',
  userinfo: 'The address must not hold a user name or password. Use only the address of your Canvas.',
  port: 'The address must not name a port. Use the address you open Canvas with.',
  single_label: 'The address must be a full host name, such as school.instructure.com.',
  reserved_name: 'This host name is not on the public internet. Use the address you open Canvas with.',
  private_address: 'This address is not on the public internet. Use the address you open Canvas with.',
  not_allowed_host: 'This service accepts only the Canvas of certain schools. Ask its operator to add yours.',
}

/** Says in one sentence why an address is refused and what to give instead. */
export function describeRefusal(reason: UrlRefusal): string {
  return REFUSAL_SENTENCES[reason]
}
