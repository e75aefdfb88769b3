import { randomUUID } from 'node:crypto'

import type { Insertable } from 'kysely'

import type { WriteDb } from '../open.ts'
import type { LlmCallsTable } from '../schema.ts'

type NewCall = Omit<Insertable<LlmCallsTable>, 'call_id' | 'at'>

/** Books one model call, failed ones too; never its prompt or its answer. */
export async function bookModelCall(db: WriteDb, call: NewCall): Promise<void> {
  await db
    .insertInto('llm_calls')
    .values({ call_id: randomUUID(), ...call })
    .execute()
}
