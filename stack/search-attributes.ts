import type { Connection } from '@temporalio/client'
import { SEARCH_ATTRIBUTES } from './temporal-arguments.ts'

// temporal.api.enums.v1.IndexedValueType
const INDEXED_VALUE_TYPES = { Keyword: 2, Int: 3 } as const

/** Adds those of our search attributes that a namespace lacks; the names it lacked, empty when all were there. */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
): Promise<readonly string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
  const missing = Object.entries(SEARCH_ATTRIBUTES).filter(([name]) => !(name in (customAttributes ?? {})))
  if (missing.length > 0) {
    const searchAttributes = Object.fromEntries(
      missing.map(([name, type]) => [name, INDEXED_VALUE_TYPES[type]]),
    )
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes })
  }
  return missing.map(([name]) => name)
}
