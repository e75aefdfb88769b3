import type { z } from 'zod'

import type { ReadDb } from '../open.ts'

/** Whether a job has this artefact. */
export async function hasJobArtefact(db: ReadDb, job_id: string, kind: string): Promise<boolean> {
  const row = await db
    .selectFrom('job_artefacts')
    .select('job_id')
    .where('job_id', '=', job_id)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return row !== undefined
}

/** An artefact that an earlier stage of the same job must have left, parsed; throws when it is missing or misshapen. */
export async function readJobArtefact<S extends z.ZodType>(
  db: ReadDb,
  job_id: string,
  kind: string,
  schema: S,
): Promise<z.infer<S>> {
  const { body } = await db
    .selectFrom('job_artefacts')
    .select('body')
    .where('job_id', '=', job_id)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return schema.parse(body)
}
