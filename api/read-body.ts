import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'

import { bodyParser } from '@koa/bodyparser'
import getRawBody from 'raw-body'

import { ApiProblem } from '../contract/problem.ts'
import { DEFAULT_BODY_LIMIT_BYTES, KIB, type Route } from '../contract/routes.ts'
import type { AppContext } from './context.ts'

const DRAIN_MS = 1_000

type ReadBody = (ctx: AppContext) => Promise<unknown>

/** Makes what reads the body of a route: JSON, an absent one as `{}`, or a file; throws ApiProblem (400, 413, 415). */
export function createBodyReader(route: Route): ReadBody {
  const { bodyIsFile, bodyLimitBytes = DEFAULT_BODY_LIMIT_BYTES } = route
  const read = bodyIsFile === true ? readFileOf(bodyLimitBytes) : readJsonOf(bodyLimitBytes)
  return async (ctx) => {
    try {
      return await read(ctx)
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'PAYLOAD_TOO_LARGE') await drain(ctx)
      throw error
    }
  }
}

/** Lets a client that is still sending come to its end, if that is soon: it would find the connection gone in place of the answer. */
async function drain({ req }: AppContext): Promise<void> {
  if (req.readableEnded || req.destroyed) return
  const waited = new AbortController()
  const { signal } = waited
  const ends = [
    once(req, 'end', { signal }),
    once(req, 'close', { signal }),
    setTimeout(DRAIN_MS, null, { signal }),
  ]
  req.resume()
  await Promise.race(ends.map((end) => Promise.allSettled([end])))
  waited.abort()
  await Promise.allSettled(ends)
}

function readFileOf(bodyLimitBytes: number): ReadBody {
  return async (ctx) => {
    if (typeof ctx.is('application/json') === 'string') {
      throw new ApiProblem(
        'UNSUPPORTED_MEDIA_TYPE',
        'This address takes a file as it is. Send its bytes as the body, e.g. with Content-Type: application/pdf; text goes to submissions/start.',
      )
    }
    const encoding = ctx.get('Content-Encoding')
    if (encoding !== '' && encoding !== 'identity') {
      throw new ApiProblem('UNSUPPORTED_MEDIA_TYPE', 'Send the file as it is, without Content-Encoding.')
    }
    try {
      const length = ctx.request.length
      return await getRawBody(ctx.req, { limit: bodyLimitBytes, ...(length === undefined ? {} : { length }) })
    } catch (error) {
      throw unreadable(error, bodyLimitBytes)
    }
  }
}

function readJsonOf(bodyLimitBytes: number): ReadBody {
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
  if (error instanceof Error && 'type' in error && error.type === 'request.size.invalid') return cutShort()
  return new ApiProblem(
    'INVALID_REQUEST',
    'The body is not JSON that can be read. Correct it and send it again.',
  )
}

function cutShort(): ApiProblem {
  return new ApiProblem('INVALID_REQUEST', 'The body ended before it was complete. Send the request again.')
}
