/** What an answer of Canvas means, told by status, header and body shape, since its words are translated. */
export type CanvasReplyKind =
  | 'ok'
  | 'token_invalid'
  | 'token_expired'
  | 'token_revoked'
  | 'scope_missing'
  | 'unauthenticated'
  | 'login_page'
  | 'permission'
  | 'user_agent'
  | 'throttled'
  | 'not_found'
  | 'tab_disabled'
  | 'canvas_fault'
  | 'unexpected'

interface CanvasReply {
  readonly status: number
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The first few kilobytes of the body. */
  readonly bodyStart: string
}

/** Sorts a JSON reply of Canvas into a kind; the text of a message is used only to refine what the shape says. */
export function classifyCanvasReply({ status, headers, bodyStart }: CanvasReply): CanvasReplyKind {
  const html = isHtml(headers['content-type'], bodyStart)
  if (status >= 200 && status < 300) return html ? 'login_page' : 'ok'
  if (status >= 300 && status < 400) return 'login_page'
  if (status === 401) return classifyUnauthorized(headers['www-authenticate'], bodyStart)
  if (status === 403) return classifyForbidden(bodyStart, html)
  if (status === 404) return isTabDisabled(bodyStart) ? 'tab_disabled' : 'not_found'
  if (status === 429) return 'throttled'
  return status === 408 || status >= 500 ? 'canvas_fault' : 'unexpected'
}

/** True when a text is an HTML page, by its declared type or by how it begins. */
export function isHtml(contentType: string | undefined, bodyStart: string): boolean {
  if (contentType?.toLowerCase().startsWith('text/html') === true) return true
  return /^\uFEFF?\s*(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i.test(bodyStart)
}

function classifyUnauthorized(challenge: string | undefined, bodyStart: string): CanvasReplyKind {
  if (challenge !== undefined) {
    if (/"expired_at"|expired access token/i.test(bodyStart)) return 'token_expired'
    return /revoked access token/i.test(bodyStart) ? 'token_revoked' : 'token_invalid'
  }
  switch (fieldOf(bodyStart, 'status')) {
    case 'unauthorized':
      return 'permission'
    case 'unauthenticated':
      return 'unauthenticated'
    default:
      // Without challenge and without status, Canvas speaks of the developer key's scopes.
      return /"errors"\s*:/.test(bodyStart) ? 'scope_missing' : 'unauthenticated'
  }
}

function classifyForbidden(bodyStart: string, html: boolean): CanvasReplyKind {
  const json = /^\s*\{/.test(bodyStart)
  if (!json && /rate limit exceeded/i.test(bodyStart)) return 'throttled'
  if (/insufficient scopes/i.test(bodyStart)) return 'scope_missing'
  if (html) return /user.?agent/i.test(bodyStart) ? 'user_agent' : 'permission'
  const userAgentShape = fieldOf(bodyStart, 'error') !== null && !/"errors"\s*:/.test(bodyStart)
  return json && userAgentShape ? 'user_agent' : 'permission'
}

const isTabDisabled = (bodyStart: string): boolean =>
  fieldOf(bodyStart, 'message') !== null && !/"errors"\s*:/.test(bodyStart)

/** Reads a string field by its spelling alone, because the start of a body may be cut off before it is valid JSON. */
function fieldOf(bodyStart: string, name: string): string | null {
  return new RegExp(`"${name}"\\s*:\\s*"([^"]*)"`).exec(bodyStart)?.[1] ?? null
}
