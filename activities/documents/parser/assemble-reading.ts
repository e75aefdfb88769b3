import type { DocumentWarning, PageSpan } from '../../../contract/document.ts'
import { findSmuggled } from './find-smuggled.ts'
import { normaliseText } from './normalise-text.ts'
import { MAX_TEXT_CHARS, type Reading } from './reading.ts'
import { noteUnseen } from './unseen.ts'

export const TRUNCATED: DocumentWarning = {
  code: 'truncated',
  message: 'The document is very long: only its first part was read.',
}

const PAGE_GAP = '\n\n'

/** Normalises one unpaged text and cuts it at the cap, with a warning. */
export function assembleText(raw: string, warnings: readonly DocumentWarning[] = []): Reading {
  const truncated = raw.length > MAX_TEXT_CHARS
  const kept = truncated ? raw.slice(0, MAX_TEXT_CHARS) : raw
  const noted = [...warnings, ...noteUnseen(findSmuggled(kept)), ...(truncated ? [TRUNCATED] : [])]
  return { text: normaliseText(kept), pages: [], warnings: noted, truncated }
}

/** Joins pages that are already normalised, a blank line apart, and records where each one lies. */
export function joinPages(texts: readonly string[]): { text: string; pages: PageSpan[] } {
  const pages: PageSpan[] = []
  let offset = 0
  for (const [index, text] of texts.entries()) {
    pages.push({ page: index + 1, start: offset, end: offset + text.length })
    offset += text.length + PAGE_GAP.length
  }
  // The cap may have cut a page inside a character; U+FFFD is as long as the half that is left of it.
  return { text: texts.join(PAGE_GAP).toWellFormed(), pages }
}
