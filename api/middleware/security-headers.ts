import helmet from 'koa-helmet'
import type { Middleware } from 'koa'

const NOTHING = ["'none'"]

/** Headers of an API that is never a page: nothing may be loaded, framed or guessed from its answers. */
export function securityHeaders(): Middleware {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: NOTHING, baseUri: NOTHING, formAction: NOTHING, frameAncestors: NOTHING },
    },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
}
