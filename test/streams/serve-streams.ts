import type { Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'

import type { Authenticate } from '../../api/authenticate.ts'
import {
  createEventsHandler,
  type EventsHandlerOptions,
  type StreamRequest,
} from '../../api/events/handler.ts'
import { createHub, type Hub, type HubOptions } from '../../api/events/hub.ts'
import { createStreamLimits } from '../../api/events/limit-streams.ts'
import { createLogger } from '../../config/logger.ts'
import { ApiProblem } from '../../contract/problem.ts'
import { ROUTES } from '../../contract/routes.ts'
import type { OpenDatabase, ReadDb } from '../../db/open.ts'
import { lastSeq } from '../../db/read/events.ts'
import { listenForEvents, type Listen } from '../../db/read/listen.ts'
import { JOB_ID } from './write-events.ts'

const HOUR_MS = 3_600_000

interface Serving
  extends
    Partial<Pick<EventsHandlerOptions, 'heartbeatMs' | 'drainMs' | 'endMs'>>,
    Partial<Pick<HubOptions, 'rereadMs'>>,
    Partial<Pick<StreamRequest, 'isOver'>> {
  readonly listen?: Listen
  readonly perUser?: number
  readonly perProcess?: number
  readonly tokenMs?: number
  /** Who asks; without it the user of `?user=`. */
  readonly authenticate?: Authenticate
}

export interface StreamServer extends AsyncDisposable {
  readonly hub: Hub
  /** Errors that Koa reported. */
  readonly errors: readonly unknown[]
  /** The responses so far, oldest first. */
  readonly responses: readonly ServerResponse[]
  url(streamId: string, query?: string): string
}

/** Serves streams over HTTP with nothing but the handler and the hub; timers fire only where a test says so. */
export async function serveStreams(database: OpenDatabase, serving: Serving = {}): Promise<StreamServer> {
  const logger = createLogger({ level: 'silent', name: 'test' })
  const listen = serving.listen ?? listenForEvents(database, { onError: () => undefined, firstRetryMs: 5 })
  const { rereadMs = HOUR_MS, perUser = 100, perProcess = 1_000 } = serving
  const hub = createHub({ db: database.read, listen, logger, rereadMs })
  const limits = createStreamLimits({ perUser, perProcess })
  const handler = createEventsHandler({
    db: database.read,
    hub,
    limits,
    logger,
    heartbeatMs: serving.heartbeatMs ?? HOUR_MS,
    ...(serving.drainMs !== undefined && { drainMs: serving.drainMs }),
    ...(serving.endMs !== undefined && { endMs: serving.endMs }),
  })
  const errors: unknown[] = []
  const responses: ServerResponse[] = []
  const app = new Koa()
  app.on('error', (error) => errors.push(error))
  app.use(answerProblems)
  app.use(async (ctx) => {
    responses.push(ctx.res)
    const streamId = ctx.path.slice(1)
    const after = typeof ctx.query.after === 'string' ? Number(ctx.query.after) : undefined
    const { userId, tokenExpiresAt } = await callerOf(ctx, serving)
    const readSnapshot = () => readCounts(database.read, streamId)
    const { isOver } = serving
    const request = { streamId, userId, tokenExpiresAt, after, readSnapshot, ...(isOver && { isOver }) }
    const answer = await handler(ctx, request)
    if (answer !== undefined) ctx.status = answer.status
  })
  const answer = app.callback()
  const server = createServer((req, res) => void answer(req, res))
  const origin = await started(server)
  return {
    hub,
    errors,
    responses,
    url: (streamId, query = '') => `${origin}/${streamId}${query}`,
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function callerOf(ctx: Koa.Context, { authenticate, tokenMs = HOUR_MS }: Serving) {
  const caller = await authenticate?.(ctx, ROUTES.streamAssignmentEvents)
  if (caller) return { userId: caller.sub, tokenExpiresAt: new Date(caller.exp * 1_000) }
  const userId = typeof ctx.query.user === 'string' ? ctx.query.user : 'ann'
  return { userId, tokenExpiresAt: new Date(Date.now() + tokenMs) }
}

/** A snapshot that says how many events there are: it must agree with its sequence number. */
async function readCounts(db: ReadDb, streamId: string) {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const last_seq = await lastSeq(trx, streamId)
      const { count } = await trx
        .selectFrom('events')
        .select((row) => row.fn.countAll<number>().as('count'))
        .where('stream_id', '=', streamId)
        .executeTakeFirstOrThrow()
      return { snapshot: { job_id: JOB_ID, count }, newest_job_id: JOB_ID, last_seq }
    })
}

const answerProblems: Koa.Middleware = async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    ctx.status = error.status
    if (error.retryAfterSeconds !== undefined) ctx.set('Retry-After', String(error.retryAfterSeconds))
    ctx.body = { code: error.code }
  }
}

async function started(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
