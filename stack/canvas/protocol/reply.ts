// What a handler answers, before faults and the wire have had their say.

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Body
  /** Rows behind the body: what the request throttle charges for. */
  readonly rows: number
  /** Set on the throttle's own refusals, which cost nothing. */
  readonly throttled?: true
}

type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string; readonly type: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly type: string }
  | { readonly kind: 'none' }

/** A JSON reply; bigints in `value` are ids. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: { kind: 'json', value }, rows: Array.isArray(value) ? value.length : 1 }
}

/** A plain text reply. */
export function text(body: string, status: number): Reply {
  return textual(body, status, 'text/plain; charset=utf-8')
}

/** An HTML reply. */
export function html(body: string, status: number): Reply {
  return textual(body, status, 'text/html; charset=utf-8')
}

/** An XML reply, the language of the object store. */
export function xml(body: string, status: number): Reply {
  return textual(body, status, 'application/xml')
}

/** A 302 to an absolute address. */
export function redirect(location: string): Reply {
  return { status: 302, headers: { location }, body: { kind: 'none' }, rows: 0 }
}

/** A reply of raw bytes. */
export function bytes(content: Uint8Array, type: string, headers: Record<string, string>): Reply {
  return { status: 200, headers, body: { kind: 'bytes', bytes: content, type }, rows: 1 }
}

function textual(body: string, status: number, type: string): Reply {
  return { status, headers: {}, body: { kind: 'text', text: body, type }, rows: 0 }
}
