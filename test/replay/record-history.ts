import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'

import type { Rig } from '../rig/rig.ts'

// Stack traces in a history name the checkout they came from.
const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Writes the history of a run to where it is replayed from; answers how many events it has. */
export async function recordHistory(rig: Rig, workflowId: string, name: string): Promise<number> {
  const history = await rig.temporal.workflow.getHandle(workflowId).fetchHistory()
  await writeFile(
    new URL(`./histories/${name}.json`, import.meta.url),
    `${historyToJSON(history).replaceAll(`file://${ROOT}`, '').replaceAll(ROOT, '')}\n`,
  )
  return history.events?.length ?? 0
}
