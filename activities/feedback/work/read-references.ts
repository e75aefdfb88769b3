import type { Passage, WorkOutline } from './outline-work.ts'

const NEW_ENTRY =
  /^(?:\[?\d{1,3}[\].)]\s+|[-*•]\s+|\p{Lu}[\p{L}'’-]{1,40},\s|\p{Lu}[\p{L}&.' -]{2,80}\.\s|[“"„])/u
const LEAST_CHARACTERS = 20

/** The entries of the list of references, in their order. */
export function readReferences({ references }: Pick<WorkOutline, 'references'>): readonly Passage[] {
  if (references === null) return []
  const entries: { text: string; start: number; end: number }[] = []
  let afterBlank = true
  let at = references.start
  for (const line of references.text.split('\n')) {
    const text = line.trim()
    const start = at + line.indexOf(text)
    at += line.length + 1
    if (text === '') {
      afterBlank = true
      continue
    }
    const open = entries.at(-1)
    if (open === undefined || afterBlank || NEW_ENTRY.test(text))
      entries.push({ text, start, end: start + text.length })
    else {
      open.text += ` ${text}`
      open.end = start + text.length
    }
    afterBlank = false
  }
  // "Primary sources" over a part of the list is no entry.
  return entries.filter(({ text }) => text.length >= LEAST_CHARACTERS && !text.startsWith('#'))
}

/** The years an entry names, oldest first. */
export function yearsOf(entry: string): readonly number[] {
  return [...entry.matchAll(/(?<![\d-])(?:1[5-9]|20)\d{2}(?![\d-])/gu)]
    .map(([year]) => Number(year))
    .sort((a, b) => a - b)
}
