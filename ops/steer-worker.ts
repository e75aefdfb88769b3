import { z } from 'zod'

import { MACHINES } from '../contract/machines.ts'
import { WorkerId } from '../contract/primitives.ts'
import type { OpenDatabase } from '../db/open.ts'
import { askApi } from './ask-api.ts'
import { printRows } from './print-rows.ts'
import { requireJob } from './run.ts'
import { NotThere, WrongUsage } from './usage.ts'

const Steered = z.looseObject({
  id: z.string(),
  job_id: z.string(),
  kind: z.string(),
  stage: z.string().nullable(),
  status: z.enum(MACHINES.worker.states),
})

interface Asked {
  readonly args: readonly string[]
  readonly reason: string | undefined
  readonly json: boolean
}

type Verb = 'pause' | 'resume' | 'terminate'

/** The worker an operator named, by its own id or by that of its job. Whether it is there, the API says. */
async function findWorkerId(db: OpenDatabase, id: string | undefined): Promise<string> {
  if (id === undefined) throw new WrongUsage('Name the run by the id of its job or of its worker.')
  if (WorkerId.safeParse(id).success) return id
  const { job_id, worker_id } = await requireJob(db, id)
  if (worker_id === null)
    throw new NotThere(`${job_id} has no worker. "tree ${job_id}" prints the jobs below it, which may.`)
  return worker_id
}

async function steer(verb: Verb, db: OpenDatabase, { args: [id], reason, json }: Asked): Promise<string> {
  const answer = await askApi(`/supervisor/workers/${await findWorkerId(db, id)}/${verb}`, reason)
  if (json) return `${JSON.stringify(answer, null, 2)}\n`
  const { id: worker_id, job_id, kind, stage, status } = Steered.parse(answer)
  const columns = ['worker_id', 'job_id', 'kind', 'stage', 'status']
  return printRows([{ worker_id, job_id, kind, stage, status }], { json, columns, none: '' })
}

/** Has a run end what it is at work with and begin nothing new. Throws WrongUsage, NotThere, NotSteered, ConfigError. */
export async function pause(db: OpenDatabase, asked: Asked): Promise<string> {
  return steer('pause', db, asked)
}

/** Has a paused run go on. Throws WrongUsage, NotThere, NotSteered, ConfigError. */
export async function resume(db: OpenDatabase, asked: Asked): Promise<string> {
  return steer('resume', db, asked)
}

/** Ends a run for good, for a reason. Throws WrongUsage, NotThere, NotSteered, ConfigError. */
export async function terminate(db: OpenDatabase, asked: Asked): Promise<string> {
  if (asked.reason === undefined)
    throw new WrongUsage('Say why with --reason: whoever looks at the run later reads it.')
  return steer('terminate', db, asked)
}
