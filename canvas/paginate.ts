import { z } from 'zod'

import type { CanvasHttp } from './exchange.ts'
import { nextLink } from './link-header.ts'
import { canvasFailure } from './reply-failure.ts'
import { getJson } from './request.ts'

const MAX_PAGES = 25

export interface Listing<T> {
  readonly items: T[]
  /** True when Canvas had more pages than this service reads. */
  readonly truncated: boolean
}

/**
 * Reads a list of Canvas page by page, each item once: Canvas sorts by non-unique fields, so pages can overlap.
 * A next page on another origin is refused with RunFailure, since the token would go there.
 */
export async function paginate<T extends { readonly id: string }>(
  http: CanvasHttp,
  path: string,
  item: z.ZodType<T>,
  subject: string,
): Promise<Listing<T>> {
  const items = new Map<string, T>()
  const visited = new Set<string>()
  let address: string | null = new URL(path, http.origin).href

  while (address !== null && !visited.has(address)) {
    if (visited.size === MAX_PAGES) return { items: [...items.values()], truncated: true }
    visited.add(address)
    const { value, link }: { value: T[]; link: string | undefined } = await getJson(
      http,
      address,
      z.array(item),
      subject,
    )
    for (const row of value) if (!items.has(row.id)) items.set(row.id, row)

    address = nextAddress(link, address)
    if (address !== null && URL.parse(address)?.origin !== http.origin) {
      throw canvasFailure('foreign_link', { subject, status: null })
    }
  }
  return { items: [...items.values()], truncated: false }
}

function nextAddress(link: string | undefined, current: string): string | null {
  const target = nextLink(link)
  return target === null ? null : (URL.parse(target, current)?.href ?? target)
}
