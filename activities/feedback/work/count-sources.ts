import type { Range } from '../checks/hold-count.ts'
import type { WorkOutline } from './outline-work.ts'
import type { Passage } from './passage.ts'
import type { Citation, CitationForm } from './read-citations.ts'
import { countEntries, type Entry } from './read-references.ts'

const ENTRY_LIKE =
  /^[ \t]*(?:\[?\d{1,3}[\].)][ \t]+|[-*•][ \t]+)?\p{Lu}[^\n]{5,200}[.,(] ?(?:1[5-9]|20)\d{2}\b/gmu
const FORMS: readonly CitationForm[] = ['year', 'page', 'number']
/** Signs of a source that is named in no form that can be read for certain. */
const SIGNS: readonly RegExp[] = [
  /https?:\/\/|\bwww\.|\bdoi\b/giu,
  /\([^()\n]{0,80}(?:1[5-9]|20)\d{2}[^()\n]{0,40}\)/gu,
  /\b(?:according to|as cited|quoted in|cited in|ibid|et al|vgl|pp?\. ?\d|n\.d\.|on page \d)/giu,
  /[\p{L}.,;”")][¹²³⁴-⁹]|[\p{L}][.,;”]\d{1,2}(?=\s|$)/gu,
  /\p{Lu}[\p{L}’'-]{1,30}(?:’s|'s)? (?:also )?(?:argues?|writes?|notes?|shows?|claims?|suggests?|points? out|explains?|states?|found|finds|describes?|reports?|says|mentions?|observes?)\b/gu,
  /(?<![\p{L}\p{N}])[_*][^_*\n]{8,120}[_*]/gu,
  /[“"„«][^”"“»\n]{12,400}[”"“»]/gu,
  ENTRY_LIKE,
  /\\cite\w*\{|\[@[\w-]+/gu,
]

/** How many signs of a source a text bears, of whatever certainty. */
export function countSigns(text: string): number {
  return SIGNS.reduce((sum, form) => sum + (text.match(form)?.length ?? 0), 0)
}

/** Lines that look like entries of a list of references whose heading was not recognised. */
export function countEntryLike(text: string): number {
  return text.match(ENTRY_LIKE)?.length ?? 0
}

/** The name a note's source goes by: what stands before its first comma, by its last word. */
function nameInNote(note: string): string | null {
  const words = note.replace(/^\W*(?:\d{1,3}[.)]|\[\^[^\]]{1,20}\]:)?\s*/u, '')
  if (/^(?:ibid|ebd|ebenda|op\. cit)/iu.test(words)) return null
  return (/\p{L}+$/u.exec(words.split(/[,.(“"]/u)[0]?.trim() ?? '')?.[0] ?? words).toLowerCase()
}

/** Works the notes name: each name once at the least, one or more for each note at the most. */
function countNotes(notes: readonly Passage[]): Range {
  const names = notes.flatMap(({ text }) => nameInNote(text) ?? [])
  const most = notes.reduce((sum, { text }) => sum + 1 + (text.match(/;/gu)?.length ?? 0), 0)
  return { least: new Set(names).size, most }
}

interface Read {
  readonly outline: WorkOutline
  readonly references: readonly Entry[]
  readonly citations: readonly Citation[]
}

function countByForm({ citations }: Pick<Read, 'citations'>): readonly number[] {
  return FORMS.map(
    (form) => new Set(citations.filter((one) => one.form === form).map(({ work }) => work)).size,
  )
}

/** How many different works the running text cites, in the form it cites most in. */
export function countDifferent(read: Pick<Read, 'citations'>): number {
  return Math.max(...countByForm(read))
}

/** Different works a text without a list of references cites, as far as its citations can be read. */
function countCited({ outline, citations }: Read, raw: string): Range {
  const works = countByForm({ citations })
  const marks = new Set(citations.filter(({ form }) => form === 'mark').map(({ work }) => work)).size
  const notes = countNotes(outline.notes)
  const least = Math.max(...works, notes.least)
  const most = works.reduce((sum, count) => sum + count, 0) + Math.max(marks, notes.most) + countSigns(raw)
  return { least, most: Math.max(least, most) }
}

/** How many sources a work names: the entries of its list, or, without one, the works it cites. */
export function countSources(read: Read, raw: string): Range {
  const { references } = read
  if (references.length === 0) return countCited(read, raw)
  return countEntries(references)
}
