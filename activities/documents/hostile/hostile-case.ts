import type { DocumentRefusal } from '../../../contract/document.ts'

/** A file made to harm its reader, and every way its reading may end. */
export interface HostileCase {
  readonly id: number
  readonly title: string
  readonly allows: readonly (DocumentRefusal | 'ok')[]
  /** Keeps its reader busy until a limit ends it. */
  readonly slow?: true
  readonly build: () => Buffer
}
