import { bodyParser } from '@koa/bodyparser'

import { ApiProblem } from '../contract/problem.ts'
import { DEFAULT_BODY_LIMIT_BYTES, KIB, type Route } from '../contract/routes.ts'
import type { AppContext } from './context.ts'

type ReadBody = (ctx: AppContext) => Promise<unknown>

/** Makes what reads the JSON body of a route, an absent one as `{}`; throws ApiProblem (400, 413, 415). */
export function createBodyReader({ bodyLimitBytes = DEFAULT_BODY_LIMIT_BYTES }: Route): ReadBody {
  const parser = bodyParser({ enableTypes: ['json'], jsonLimit: bodyLimitBytes, jsonStrict: false })
  return async (ctx) => {
    if (!hasBody(ctx)) return {}
    if (typeof ctx.is('application/json') !== 'string') {
      throw new ApiProblem(
        'UNSUPPORTED_MEDIA_TYPE',
        'This address takes JSON only. Send the body as JSON, with Content-Type: application/json.',
      )
    }
    try {
      await parser(ctx, async () => undefined)
    } catch (error) {
      throw unreadable(error, bodyLimitBytes)
    }
    const { body } = ctx.request
    if (body === undefined) throw cutShort()
    return body === '' ? {} : body
  }
}

function hasBody({ req }: AppContext): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = req.headers
  return encoding !== undefined || (length !== undefined && Number(length) > 0)
}

/** The parser's errors hold the body itself, so none of them goes along as cause. */
function unreadable(error: unknown, limitBytes: number): ApiProblem {
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 413) {
    const detail = `The body is larger than the ${limitBytes / KIB} kB that this address takes. Send less.`
    return new ApiProblem('PAYLOAD_TOO_LARGE', detail)
  }
  if (status === 415) {
    const detail = 'The body is compressed in a way that is not known here. Send it as gzip, or as it is.'
    return new ApiProblem('UNSUPPORTED_MEDIA_TYPE', detail)
  }
  if (error instanceof Error && 'code' in error && error.code === 'ECONNABORTED') return cutShort()
  return new ApiProblem(
    'INVALID_REQUEST',
    'The body is not JSON that can be read. Correct it and send it again.',
  )
}

function cutShort(): ApiProblem {
  return new ApiProblem('INVALID_REQUEST', 'The body ended before it was complete. Send the request again.')
}
