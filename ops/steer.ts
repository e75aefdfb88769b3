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

type SteeredJob = z.infer<typeof Steered>

async function steer(
  verb: 'retry' | 'cancel' | 'abandon',
  { args: [job_id = ''], reason, json }: Asked,
  say: (job: SteeredJob) => string,
): Promise<string> {
  const answer = Steered.parse(await askApi(`/jobs/${encodeURIComponent(job_id)}/${verb}`, reason))
  return json ? `${JSON.stringify(answer, null, 2)}\n` : `${say(answer)}\n`
}

/** Cancels a job with all that is open below it. Throws WrongUsage, NotThere, NotSteered, ConfigError. */
export async function cancel(db: OpenDatabase, asked: Asked): Promise<string> {
  await requireJob(db, asked.args[0])
  return steer('cancel', asked, ({ id, status }) => `${id}: ${status}`)
}

/** Gives a parked run up: nobody waits for it any more. Throws WrongUsage, NotThere, NotSteered, ConfigError. */
export async function abandon(db: OpenDatabase, asked: Asked): Promise<string> {
  await requireJob(db, asked.args[0])
  return steer('abandon', asked, ({ id }) => `${id} is given up, and its student reads why.`)
}

/** Takes a parked run up again, or says what that would do. Throws WrongUsage, NotThere, NotSteered, ConfigError. */
export async function retry(db: OpenDatabase, asked: Asked): Promise<string> {
  const job = await requireJob(db, asked.args[0])
  if (!asked.dryRun) return steer('retry', asked, ({ id, status }) => `It goes on as ${id}, ${status}.`)
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
