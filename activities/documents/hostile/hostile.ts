import { DOCX_CASES } from './docx-cases.ts'
import type { HostileCase } from './hostile-case.ts'
import { HTML_CASES } from './html-cases.ts'
import { PDF_CASES } from './pdf-cases.ts'

/** The whole hostile set in order; files are built when asked for, so that only one is held at a time. */
export const HOSTILE_CASES: readonly HostileCase[] = [...PDF_CASES, ...DOCX_CASES, ...HTML_CASES]

/** The name a case's file travels under. */
export function hostileName({ id }: HostileCase): string {
  if (id <= PDF_CASES.length) return `hostile-${id}.pdf`
  return id <= PDF_CASES.length + DOCX_CASES.length ? `hostile-${id}.docx` : `hostile-${id}.html`
}
