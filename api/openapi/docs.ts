import { readFile } from 'node:fs/promises'

import { ApiProblem } from '../../contract/problem.ts'
import type { Handlers } from '../route.ts'

const PAGE = new URL('page/', import.meta.url)
const SWAGGER_UI = new URL('./', import.meta.resolve('swagger-ui-dist/package.json'))

interface File {
  readonly url: URL
  readonly type: string
}

const FILES: Readonly<Record<string, File>> = {
  'open-page.js': { url: new URL('open-page.js', PAGE), type: 'text/javascript; charset=utf-8' },
  'swagger-ui-bundle.js': {
    url: new URL('swagger-ui-bundle.js', SWAGGER_UI),
    type: 'text/javascript; charset=utf-8',
  },
  'swagger-ui.css': { url: new URL('swagger-ui.css', SWAGGER_UI), type: 'text/css; charset=utf-8' },
  'favicon-32x32.png': { url: new URL('favicon-32x32.png', SWAGGER_UI), type: 'image/png' },
}

// Everything from our own origin; the pictures inside the style sheet are data URLs.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Makes the handlers of the page that shows the OpenAPI document to people. */
export function createDocsHandlers(): Handlers<'docs' | 'docsFile'> {
  return {
    docs: async () => ({
      status: 200,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': CONTENT_SECURITY_POLICY,
        'Cache-Control': 'no-cache',
      },
      body: await readFile(new URL('index.html', PAGE), 'utf8'),
    }),
    docsFile: async ({ params }) => {
      const file = Object.hasOwn(FILES, params.file) ? FILES[params.file] : undefined
      if (file === undefined) {
        throw new ApiProblem('NOT_FOUND', 'The page has no such file. Open it at /docs.')
      }
      const headers = { 'Content-Type': file.type, 'Cache-Control': 'public, max-age=3600' }
      return { status: 200, headers, body: await readFile(file.url) }
    },
  }
}
