/** Finds the address of the next page in a Link header (RFC 8288), null when there is none. */
export function nextLink(header: string | undefined): string | null {
  for (const [, target = '', parameters = ''] of (header ?? '').matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=\s*[,;]|\s*$))/i.test(parameters))
      return target
  }
  return null
}
