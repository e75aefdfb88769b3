import type { NativeConnection } from '@temporalio/worker'

import { SEARCH_ATTRIBUTES } from '../contract/ids.ts'

// temporal.api.enums.v1.IndexedValueType
const INDEXED_VALUE_TYPES = { KEYWORD: 2, INT: 3 } as const

/** Registers what our runs are found by, where the namespace does not have it yet. */
export async function registerSearchAttributes(
  connection: NativeConnection,
  namespace: string,
): Promise<void> {
  const known = await connection.operatorService.listSearchAttributes({ namespace })
  const missing = Object.entries(SEARCH_ATTRIBUTES).filter(
    ([name]) => known.customAttributes[name] === undefined,
  )
  if (missing.length === 0) return
  const searchAttributes = Object.fromEntries(
    missing.map(([name, type]) => [name, INDEXED_VALUE_TYPES[type]]),
  )
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes })
}
