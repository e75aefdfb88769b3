import type { NativeConnection } from '@temporalio/worker'

import { SEARCH_ATTRIBUTES } from '../contract/ids.ts'

// temporal.api.enums.v1.IndexedValueType
const INDEXED_VALUE_TYPES = { KEYWORD: 2, INT: 3 } as const

// gRPC status codes PERMISSION_DENIED and UNIMPLEMENTED: hosted servers leave this to their own console.
const NOT_FOR_US: ReadonlySet<unknown> = new Set([7, 12])

function isNotForUs(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NOT_FOR_US.has(error.code)
}

/**
 * Registers what our runs are found by, where the namespace does not have it yet. Answers what is missing and only the
 * server's operator can register, as `name (type)`; nothing when all is well or the server does not tell.
 */
export async function registerSearchAttributes(
  connection: NativeConnection,
  namespace: string,
): Promise<readonly string[]> {
  const { operatorService } = connection
  try {
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace })
    const missing = Object.entries(SEARCH_ATTRIBUTES).filter(([name]) => customAttributes[name] === undefined)
    if (missing.length === 0) return []
    const searchAttributes = Object.fromEntries(
      missing.map(([name, type]) => [name, INDEXED_VALUE_TYPES[type]]),
    )
    const refused = await operatorService.addSearchAttributes({ namespace, searchAttributes }).then(
      () => false,
      (error: unknown) => {
        if (isNotForUs(error)) return true
        throw error
      },
    )
    return refused ? missing.map(([name, type]) => `${name} (${type})`) : []
  } catch (error) {
    if (isNotForUs(error)) return []
    throw error
  }
}
