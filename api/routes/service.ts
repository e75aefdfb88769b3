import { ApiProblem } from '../../contract/problem.ts'
import type { ServiceOperation } from '../../contract/routes.ts'
import { createDocsHandlers } from '../openapi/docs.ts'
import { createOpenApiHandler } from '../openapi/handler.ts'
import type { Part } from '../../runs/part-away.ts'
import type { Handlers } from '../route.ts'

const CHECK_TIMEOUT_MS = 2_000
const RETRY_SECONDS = 5

/** What has to be there before requests can be served. */
export interface Readiness {
  /** Each resolves when its part answers. */
  readonly checks: Readonly<Record<Part, () => Promise<unknown>>>
  /** Whether lost runs will be found: the schedule of that is made as soon as Temporal lets it be. */
  readonly hasSchedule: () => boolean
  /** Aborted when the process begins to end. */
  readonly stopping: AbortSignal
}

/** Makes the handlers of the routes that tell about the service itself. */
export function createServiceHandlers(readiness: Readiness): Handlers<ServiceOperation> {
  return {
    livez: async () => ({ status: 200, body: { status: 'alive' } }),
    readyz: async () => {
      if (readiness.stopping.aborted) throw notReady('This server is shutting down')
      const away = await findAway(readiness.checks)
      if (away.length > 0)
        throw notReady(`${away.join(' and ')} ${away.length === 1 ? 'does' : 'do'} not answer`)
      if (!readiness.hasSchedule()) throw notReady('The schedule that finds lost runs is not made yet')
      return { status: 200, body: { status: 'ready' } }
    },
    openapi: createOpenApiHandler(),
    ...createDocsHandlers(),
  }
}

function notReady(what: string): ApiProblem {
  const detail = `${what}. Send requests again once GET /readyz answers 200.`
  return new ApiProblem('SERVICE_UNAVAILABLE', detail, { retryAfterSeconds: RETRY_SECONDS })
}

async function findAway(checks: Readiness['checks']): Promise<readonly string[]> {
  const states = Object.entries(checks).map(async ([part, check]) => ((await answers(check)) ? [] : [part]))
  return (await Promise.all(states)).flat()
}

async function answers(check: () => Promise<unknown>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => late.resolve(false), CHECK_TIMEOUT_MS)
  const answered = check().then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([answered, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
