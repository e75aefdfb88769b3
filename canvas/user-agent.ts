import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Package = z.object({ version: z.string() })
const { version } = Package.parse(
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')),
)

/** Names this service and whom to write to, as Canvas demands of every client; `contact` is a URL or an e-mail. */
export function userAgent(contact: string): string {
  // What a header or a comment (RFC 9110 §5.6.5) cannot hold would make Canvas refuse every call.
  const safe = contact.replace(/[^\x21-\x7e]|[()\\]/g, '')
  return safe === '' ? `Waymark/${version}` : `Waymark/${version} (+${safe})`
}
