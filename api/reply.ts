import type { AppContext } from './context.ts'

/** An answer as it goes out, and as it is kept for a repeated request. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Undefined stands for an answer without body. */
  readonly body: unknown
}

/** Writes a reply; a GET whose `If-None-Match` still holds gets 304 instead (RFC 9110, section 13.1.2). */
export function sendReply(ctx: AppContext, { status, headers, body }: Reply): void {
  ctx.status = status
  ctx.set({ ...headers })
  if (body === undefined || isUnchanged(ctx)) {
    if (body !== undefined) ctx.status = 304
    ctx.body = null
    return
  }
  ctx.body = body instanceof Uint8Array ? Buffer.from(body) : body
}

function isUnchanged(ctx: AppContext): boolean {
  if (ctx.get('If-None-Match') === '') return false
  // Node's fetch adds no-cache beside If-None-Match. It speaks to caches on the way, and this is the origin.
  delete ctx.headers['cache-control']
  return ctx.fresh
}
