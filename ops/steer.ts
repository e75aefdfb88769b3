import { z } from 'zod'

import { readOperatorConfig } from '../config/env.ts'
import { Problem } from '../contract/problem.ts'
import type { OpenDatabase } from '../db/open.ts'
import { foreseeRetry } from '../db/read/retry-outlook.ts'
import { printRows } from './print-rows.ts'
import { requireJob } from './run.ts'
import { NotThere } from './usage.ts'

const TIMEOUT_MS = 30_000
const Steered = z.object({ id: z.string(), status: z.string() })

interface Asked {
  readonly args: readonly string[]
  readonly reason: string | undefined
  readonly dryRun: boolean
  readonly json: boolean
}

/** What the API refused or could not be asked; the message says what to do. */
export class NotSteered extends Error {
  override readonly name = 'NotSteered'
}

async function post(path: string, body: object): Promise<Response> {
  const { WAYMARK_API, WAYMARK_TOKEN } = readOperatorConfig()
  const headers = { authorization: `Bearer ${WAYMARK_TOKEN.reveal()}`, 'content-type': 'application/json' }
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const init = { method: 'POST', headers, body: JSON.stringify(body), signal }
  try {
    return await fetch(new URL(path, WAYMARK_API), init)
  } catch (cause) {
    throw new NotSteered(
      `The API at ${WAYMARK_API} does not answer. Is it running, and is WAYMARK_API its address?`,
      {
        cause,
      },
    )
  }
}

async function steer(
  verb: 'retry' | 'cancel',
  { args: [job_id = ''], reason, json }: Asked,
): Promise<string> {
  const response = await post(
    `/jobs/${encodeURIComponent(job_id)}/${verb}`,
    reason === undefined ? {} : { reason },
  )
  const answer: unknown = await response.json()
  if (!response.ok) {
    const problem = Problem.safeParse(answer).data
    throw new NotSteered(problem?.detail ?? `The API answered ${response.status}. Look into its log.`)
  }
  if (json) return `${JSON.stringify(answer, null, 2)}\n`
  const { id, status } = Steered.parse(answer)
  return verb === 'retry' ? `It goes on as ${id}, ${status}.\n` : `${id}: ${status}\n`
}

/** Cancels a job with all that is open below it. Throws WrongUsage, NotThere, NotSteered, ConfigError. */
export async function cancel(db: OpenDatabase, asked: Asked): Promise<string> {
  await requireJob(db, asked.args[0])
  return steer('cancel', asked)
}

/** Takes a parked run up again, or says what that would do. Throws WrongUsage, NotThere, NotSteered, ConfigError. */
export async function retry(db: OpenDatabase, asked: Asked): Promise<string> {
  const job = await requireJob(db, asked.args[0])
  if (!asked.dryRun) return steer('retry', asked)
  const outlook = await foreseeRetry(db.read, job)
  if (outlook === null)
    throw new NotThere(
      `No run waits for a person under ${job.job_id}, which is ${job.status}. "parked" lists those that do.`,
    )
  const rows = [
    ...outlook.reused.map((part) => ({ part, retry: 'reused' })),
    ...outlook.again.map((part) => ({ part, retry: 'runs again' })),
  ]
  return printRows(rows, { json: asked.json, columns: ['part', 'retry'], none: 'Nothing would run.' })
}
