import type { Client } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { sql } from 'kysely'

import type { OpenDatabase } from '../../db/open.ts'

/** All that Temporal keeps of a workflow id: history as exported, each payload decoded, and what its lists show. */
export async function exportRun(
  client: Client,
  workflowId: string,
): Promise<{ events: number; text: string }> {
  const handle = client.workflow.getHandle(workflowId)
  const history = await handle.fetchHistory()
  const { raw } = await handle.describe()
  const kept = [history, raw]
  return {
    events: history.events?.length ?? 0,
    text: [historyToJSON(history), ...kept.flatMap(readTexts)].join('\n'),
  }
}

/** Every string in a value, bytes read as UTF-8. */
function readTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...readTexts(inner)])
}

/** The columns, as `table.column`, in which a row shows a text; bytes are searched as hexadecimal digits too. */
export async function findColumns(db: OpenDatabase, text: string): Promise<string[]> {
  const columns = await sql<{ table_name: string; column_name: string }>`
    select table_name, column_name from information_schema.columns
    where table_schema = 'public' order by table_name, column_name`.execute(db.write)
  const hex = Buffer.from(text, 'utf8').toString('hex')
  const found: string[] = []
  for (const { table_name, column_name } of columns.rows) {
    const shown = sql`${sql.ref(column_name)}::text`
    const { rows } = await sql<{ seen: boolean }>`select exists (select from ${sql.table(table_name)}
      where strpos(lower(${shown}), lower(${text})) > 0 or strpos(${shown}, ${hex}) > 0) as seen`.execute(
      db.write,
    )
    if (rows[0]?.seen === true) found.push(`${table_name}.${column_name}`)
  }
  return found
}
