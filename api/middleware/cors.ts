import koaCors from '@koa/cors'
import type { Middleware } from 'koa'

const MAX_AGE_SECONDS = 600

/** Lets pages of exactly these origins call the API with a token of their own; never with cookies. */
export function cors(origins: readonly string[]): Middleware {
  const allowed = new Set(origins)
  return koaCors({
    origin: (ctx) => {
      const origin = ctx.get('Origin')
      return allowed.has(origin) ? origin : ''
    },
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: [
      'Authorization',
      'Cache-Control',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'Last-Event-ID',
      'X-Request-Id',
    ],
    exposeHeaders: [
      'ETag',
      'Idempotent-Replay',
      'Location',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'X-Request-Id',
    ],
    maxAge: MAX_AGE_SECONDS,
  })
}
