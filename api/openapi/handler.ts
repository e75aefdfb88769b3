import { createHash } from 'node:crypto'

import type { Handler } from '../route.ts'
import { createOpenApiDocument } from './document.ts'

/** Makes the handler that serves the document; it is made once, and its hash is its version. */
export function createOpenApiHandler(): Handler<'openapi'> {
  const document = createOpenApiDocument()
  const etag = createHash('sha256').update(JSON.stringify(document)).digest('base64url')
  return async () => ({ status: 200, headers: { 'Cache-Control': 'no-cache' }, etag, body: { ...document } })
}
