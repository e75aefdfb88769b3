import type { DocumentWarning } from '../../../contract/document.ts'

/** How much is kept of one text that no reader sees: enough to tell what it wants. */
export const LONGEST_UNSEEN = 2_000
const MOST_UNSEEN = 20
// Fewer words are a label or a mark of an editor.
const WORDS = /[\p{L}\p{N}]+\P{L}+[\p{L}\p{N}]+\P{L}+[\p{L}\p{N}]+/u

function tidy(text: string): string {
  return text.slice(0, LONGEST_UNSEEN).toWellFormed().replaceAll(/\s+/g, ' ').trim()
}

/** The warning that text was set so that no reader sees it; none when nothing was. */
export function noteHidden(text: string, letters = countOf(text)): DocumentWarning[] {
  if (letters === 0) return []
  const kept = tidy(text)
  const message = `Hidden text was found and left out (${letters} letters).`
  return [{ code: 'hidden_text', message, ...(WORDS.test(kept) ? { text: kept } : {}) }]
}

function countOf(text: string): number {
  return text.replace(/[^\p{L}\p{N}]/gu, '').length
}

/** A note for each text that stands where readers do not look: comments, attributes, properties of the file. */
export function noteUnseen(texts: readonly string[]): DocumentWarning[] {
  const kept = [...new Set(texts.map(tidy))].filter((text) => WORDS.test(text)).slice(0, MOST_UNSEEN)
  return kept.map((text) => ({
    code: 'unseen_text',
    message: 'Text that stands where readers do not look was left out.',
    text,
  }))
}
