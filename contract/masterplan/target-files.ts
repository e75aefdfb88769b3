import type { Distilled } from '../requirements.ts'

type Genre = Distilled['genre']
type Rule = readonly [sign: RegExp, extension: string]

/** Text formats a deliverable may name by itself, as in `main.py` or “a .csv file”; one letter alone may be “a.m.” */
const NAMED =
  /\.(bib|cpp|cs|css|csv|go|hs|html|java|js|json|kt|md|php|py|rb|rs|sql|svg|tex|ts|txt|xml|ya?ml)(?![a-z0-9])/i
const NAMED_BY_ONE_LETTER = /(?:\w{2}|(?<![\w.]))\.(c|h|m|r)(?![a-z0-9])/i

const IN_ANY_WORK: readonly Rule[] = [
  [/\b(?:csv|spreadsheets?|excel|xlsx?)\b/i, 'csv'],
  [/\blatex\b/i, 'tex'],
  [/\bbibtex\b/i, 'bib'],
  [/\bsql\b/i, 'sql'],
  [/\b(?:html|web ?page)\b/i, 'html'],
]

const BY_GENRE: { readonly [G in Genre]?: readonly Rule[] } = {
  programming: [
    [/\bpython\b/i, 'py'],
    [/\bjavascript\b/i, 'js'],
    [/\btypescript\b/i, 'ts'],
    [/\bjava\b/i, 'java'],
    [/\bkotlin\b/i, 'kt'],
    [/\bc\+\+/i, 'cpp'],
    [/\bc#/i, 'cs'],
    [/\bgolang\b/i, 'go'],
    [/\brust\b/i, 'rs'],
    [/\bruby\b/i, 'rb'],
    [/\bphp\b/i, 'php'],
    [/\bhaskell\b/i, 'hs'],
    [/\bmatlab\b/i, 'm'],
    [/\br (?:script|program|code)\b/i, 'r'],
    [/\bc (?:program|code|source|file)\b/i, 'c'],
  ],
  lab_report: [[/\b(?:measurements|raw data|data ?sets?)\b/i, 'csv']],
}

/**
 * The extension of the scaffold for a deliverable: that of the text format it names, of what it is called, or of what
 * such a thing is in work of this genre, else Markdown. A scaffold is text, so documents and slides are outlined in it.
 */
export function extensionFor(deliverable: string, genre: Genre): string {
  const named = (NAMED.exec(deliverable) ?? NAMED_BY_ONE_LETTER.exec(deliverable))?.[1]?.toLowerCase()
  const rules = [...IN_ANY_WORK, ...(BY_GENRE[genre] ?? [])]
  return named ?? rules.find(([sign]) => sign.test(deliverable))?.[1] ?? 'md'
}

interface Filed {
  readonly task_number: number
  readonly slug: string
  readonly phase_type: string
  readonly deliverable: string
}

/**
 * The files a task writes: one for a deliverable, none without. The path is relative and safe everywhere, its number
 * makes it the task's own and keeps it clear of names that are reserved somewhere.
 */
export function targetFiles(
  { task_number, slug, phase_type, deliverable }: Filed,
  genre: Genre,
): readonly string[] {
  if (deliverable.trim() === '') return []
  const number = String(task_number).padStart(3, '0')
  return [`${phase_type}/${number}-${slug}.${extensionFor(deliverable, genre)}`]
}
