import type { DocumentRefusal } from '../../../contract/document.ts'
import { Unreadable } from './reading.ts'

const OUT_OF_MEMORY =
  /allocation failed|invalid (typed )?array (buffer )?length|invalid string length|cannot create a string longer|out of memory/i

/** Names why a parser threw; what no rule knows is a file that does not hold to its format. */
export function classifyError(error: unknown): DocumentRefusal {
  if (error instanceof Unreadable) return error.code
  if (!(error instanceof Error)) return 'CORRUPT'
  if (error.name === 'PasswordException') return 'ENCRYPTED'
  if ('code' in error && error.code === 'ERR_MEMORY_ALLOCATION_FAILED') return 'PARSE_MEMORY'
  if (OUT_OF_MEMORY.test(error.message)) return 'PARSE_MEMORY'
  return 'CORRUPT'
}
