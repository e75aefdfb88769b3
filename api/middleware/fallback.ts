import type { Router } from '@koa/router'

import { ApiProblem } from '../../contract/problem.ts'
import type { AppMiddleware, AppState } from '../context.ts'

/** Answers what no route took: OPTIONS with the methods of the path, anything else with 404. */
export function fallback(router: Router<AppState>): AppMiddleware {
  return async (ctx) => {
    const methods = new Set(router.match(ctx.path, 'GET').path.flatMap((layer) => layer.methods))
    if (methods.size === 0) {
      throw new ApiProblem(
        'NOT_FOUND',
        `There is nothing at this address. GET /openapi.json lists what is there.`,
      )
    }
    const allowed = [...methods, 'OPTIONS'].sort().join(', ')
    ctx.set('Allow', allowed)
    if (ctx.method !== 'OPTIONS') {
      throw new ApiProblem('NOT_FOUND', `This address does not take ${ctx.method}. It takes ${allowed}.`)
    }
    ctx.status = 204
    ctx.body = null
  }
}
