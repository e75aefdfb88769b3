import type { Logger } from 'pino'

import { ApiProblem } from '../contract/problem.ts'
import { claimRequest, keepReply, releaseRequest, type RequestKey } from '../db/intents/idempotency.ts'
import type { OpenDatabase } from '../db/open.ts'
import { findRequest } from '../db/read/idempotency.ts'
import { noteOnce } from './note-once.ts'
import type { Reply } from './reply.ts'

// Longer than any handler takes, so that only a claim whose process died is ever taken over.
const ABANDONED_MS = 60_000
const RETRY_SECONDS = 1
const TOO_MANY_REQUESTS = 429

export interface OnceOptions {
  readonly db: OpenDatabase
  readonly log: Logger
  readonly key: RequestKey
  readonly fingerprint: string
  /** Carries the request out; problems below 500 come as a reply, all else is thrown. */
  readonly run: () => Promise<Reply>
}

/**
 * Carries a request out once, however often it is sent within the hour: every repetition gets the reply of the first.
 * Throws ApiProblem (409) for another body under the same id, and while the first is still running.
 */
export async function answerOnce({ db, log, key, fingerprint, run }: OnceOptions): Promise<Reply> {
  const claim = await claimRequest(db.write, key, { fingerprint, abandonedMs: ABANDONED_MS })
  const count = (to_state: 'hit' | 'miss'): Promise<void> =>
    noteOnce(db, log, key.tenant_id, { topic: 'idempotency', to_state })
  if (claim === null) {
    const replayed = await replay(db, key, fingerprint)
    await count('hit')
    return replayed
  }
  const reply = await run().catch(async (error: unknown) => {
    // What went wrong first is what the client is told; a claim that stays behind lapses by itself.
    await releaseRequest(db.write, claim).catch((err: unknown) =>
      log.warn({ err }, 'a claim was not given back'),
    )
    throw error
  })
  // A reply that says when to try again would say so for an hour.
  if (reply.status === TOO_MANY_REQUESTS) await releaseRequest(db.write, claim)
  else {
    await keepReply(db.write, claim, reply)
    await count('miss')
  }
  return reply
}

async function replay(db: OpenDatabase, key: RequestKey, fingerprint: string): Promise<Reply> {
  const record = await findRequest(db.read, key)
  if (record !== null && record.fingerprint !== fingerprint) {
    throw new ApiProblem(
      'IDEMPOTENCY_CONFLICT',
      'This request id came with another request before. Send a new id with a new request.',
    )
  }
  if (record === null || record.status === null) {
    throw new ApiProblem(
      'IDEMPOTENCY_IN_PROGRESS',
      'The same request is still being carried out. Send it again in a moment to get its answer.',
      { retryAfterSeconds: RETRY_SECONDS },
    )
  }
  const headers = { ...record.headers, 'Idempotent-Replay': 'true' }
  return { status: record.status, headers, body: record.body ?? undefined }
}
