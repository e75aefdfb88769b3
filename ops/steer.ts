import { z } from 'zod'

import type { OpenDatabase } from '../db/open.ts'
import { findSuccessor } from '../db/read/jobs.ts'
import { foreseeRetry } from '../db/read/retry-outlook.ts'
import { askApi } from './ask-api.ts'
import { printRows } from './print-rows.ts'
import { requireJob } from './run.ts'
import { NotThere } from './usage.ts'

const Steered = z.looseObject({ id: z.string(), status: z.string() })

interface Asked {
  readonly args: readonly string[]
  readonly reason: string | undefined
  readonly dryRun: boolean
  readonly json: boolean
}

async function steer(verb: 'retry' | 'cancel' | 'abandon', { args: [job_id = ''], reason }: Asked) {
  return Steered.parse(await askApi(`/jobs/${encodeURIComponent(job_id)}/${verb}`, reason))
}

/** Cancels a job with all that is open below it. Throws WrongUsage, NotThere, NotSteered, ConfigError. */
export async function cancel(db: OpenDatabase, asked: Asked): Promise<string> {
  await requireJob(db, asked.args[0])
  const answer = await steer('cancel', asked)
  return asked.json ? `${JSON.stringify(answer, null, 2)}\n` : `${answer.id}: ${answer.status}\n`
}

/** Gives a parked run up: nobody waits for it any more. Throws WrongUsage, NotThere, NotSteered, ConfigError. */
export async function abandon(db: OpenDatabase, asked: Asked): Promise<string> {
  await requireJob(db, asked.args[0])
  const answer = await steer('abandon', asked)
  return asked.json
    ? `${JSON.stringify(answer, null, 2)}\n`
    : `${answer.id} is given up, and its student reads why.\n`
}

/** Takes a parked run up again, or says what that would do. Throws WrongUsage, NotThere, NotSteered, ConfigError. */
export async function retry(db: OpenDatabase, asked: Asked): Promise<string> {
  const job = await requireJob(db, asked.args[0])
  if (!asked.dryRun) {
    const answer = await steer('retry', asked)
    return asked.json
      ? `${JSON.stringify(answer, null, 2)}\n`
      : `It goes on as ${answer.id}, ${answer.status}.\n`
  }
  const outlook = await foreseeRetry(db.read, job)
  if (outlook === null) {
    const successor = await findSuccessor(db.read, job.job_id)
    const where = successor === null ? '"parked" lists those that do.' : `It went on as ${successor}.`
    throw new NotThere(`No run waits for a person under ${job.job_id}, which is ${job.status}. ${where}`)
  }
  const rows = outlook.map((part) => ({ ...part }))
  return printRows(rows, {
    json: asked.json,
    columns: ['part', 'state', 'retry'],
    none: 'Nothing would run.',
  })
}
