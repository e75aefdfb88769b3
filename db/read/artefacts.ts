import type { z } from 'zod'

import type { ReadDb } from '../open.ts'

export interface StoredArtefact {
  readonly body: unknown
  readonly sha256: string
  readonly job_id: string
}

interface GenerationKey {
  readonly workspace_id: string
  readonly generation: number
}

/** One derived artefact of a generation as it was stored; undefined when it is not there yet. */
export async function findArtefact(
  db: Pick<ReadDb, 'selectFrom'>,
  key: GenerationKey,
  kind: string,
): Promise<StoredArtefact | undefined> {
  return db
    .selectFrom('artefacts')
    .select(['body', 'sha256', 'job_id'])
    .where('workspace_id', '=', key.workspace_id)
    .where('generation', '=', key.generation)
    .where('kind', '=', kind)
    .executeTakeFirst()
}

/** An artefact that an earlier stage of the same run must have left, parsed; throws when it is missing or misshapen. */
export async function readArtefact<S extends z.ZodType>(
  db: ReadDb,
  key: GenerationKey,
  kind: string,
  schema: S,
): Promise<z.infer<S>> {
  const { body } = await db
    .selectFrom('artefacts')
    .select('body')
    .where('workspace_id', '=', key.workspace_id)
    .where('generation', '=', key.generation)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return schema.parse(body)
}
