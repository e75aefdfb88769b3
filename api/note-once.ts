import type { Logger } from 'pino'

import { countOnce, type Counted } from '../db/intents/tallies.ts'
import type { OpenDatabase } from '../db/open.ts'

/** Counts that something happened in a tenant; what cannot be counted is logged, and nobody's answer suffers from it. */
export async function noteOnce(
  { write }: Pick<OpenDatabase, 'write'>,
  log: Logger,
  tenant_id: string,
  counted: Counted,
): Promise<void> {
  try {
    await countOnce(write, tenant_id, counted)
  } catch (err) {
    log.warn({ err, ...counted }, 'something was not counted')
  }
}
