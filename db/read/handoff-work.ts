import type { Selectable } from 'kysely'

import type { ReadDb } from '../open.ts'
import type { HandoffFilesTable } from '../tables/handoffs.ts'

/** What an attempt of implementation made, with what its result says of each file. */
export interface MadeFiles {
  readonly files: readonly Selectable<HandoffFilesTable>[]
  /** What implementation handed in with them, whether it stands or not. */
  readonly result: unknown
}

/** The files of the newest implementation that made any, also where it was sent back since. */
export async function findNewestFiles(db: ReadDb, workflow_id: string): Promise<MadeFiles> {
  const files = await db
    .selectFrom('handoff_files')
    .selectAll()
    .where('workflow_id', '=', workflow_id)
    .where('attempt', '=', (sub) =>
      sub
        .selectFrom('handoff_files as newest')
        .select((row) => row.fn.max('attempt').as('attempt'))
        .where('newest.workflow_id', '=', workflow_id),
    )
    .orderBy('path')
    .execute()
  const [first] = files
  if (first === undefined) return { files, result: null }
  const made = await db
    .selectFrom('handoff_results')
    .select('body')
    .where('workflow_id', '=', workflow_id)
    .where('state', '=', 'implementation')
    .where('attempt', '=', first.attempt)
    .executeTakeFirst()
  return { files, result: made?.body ?? null }
}

/** Why work was sent back the last time. */
export interface SentBackMove {
  readonly from_state: string
  readonly notes: string
  /** What was handed in with the verdict; null where somebody asked for the retry. */
  readonly result: unknown
}

/** The newest move that sent work back; undefined where none did. */
export async function findSentBack(db: ReadDb, workflow_id: string): Promise<SentBackMove | undefined> {
  const move = await db
    .selectFrom('handoff_moves')
    .select(['from_state', 'notes', 'data'])
    .where('workflow_id', '=', workflow_id)
    .where('kind', '=', 'retry')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (move === undefined) return undefined
  const { from_state, notes, data } = move
  if (data.result_id === null) return { from_state, notes, result: null }
  const row = await db
    .selectFrom('handoff_results')
    .select('body')
    .where('result_id', '=', data.result_id)
    .executeTakeFirst()
  return { from_state, notes, result: row?.body ?? null }
}
