import type { DocumentRefusal } from '../../../contract/document.ts'
import { DOCX_CASES } from './docx-cases.ts'
import { HTML_CASES } from './html-cases.ts'
import { PDF_CASES } from './pdf-cases.ts'

/** A file made to harm its reader, and every way its reading may end. */
export interface HostileCase {
  readonly id: number
  readonly title: string
  readonly allows: readonly (DocumentRefusal | 'ok')[]
  /** Keeps its reader busy until a limit ends it. */
  readonly slow?: true
  readonly build: () => Buffer
}

/** The whole hostile set in order; files are built when asked for, so that only one is held at a time. */
export const HOSTILE_CASES: readonly HostileCase[] = [...PDF_CASES, ...DOCX_CASES, ...HTML_CASES]

/** The name a case's file travels under. */
export function hostileName({ id }: HostileCase): string {
  if (id <= PDF_CASES.length) return `hostile-${id}.pdf`
  return id <= PDF_CASES.length + DOCX_CASES.length ? `hostile-${id}.docx` : `hostile-${id}.html`
}
