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
    [/\bc (?:program|code|source|file)\b|\bc(?:89|99|11|17|23)\b/i, 'c'],
  ],
  lab_report: [[/\b(?:measurements|raw data|data ?sets?)\b/i, 'csv']],
}

/** The extensions of the formats and languages a text names, the most telling first; each once. */
export function formatsNamed(text: string, genre: Genre): readonly string[] {
  const named = (NAMED.exec(text) ?? NAMED_BY_ONE_LETTER.exec(text))?.[1]?.toLowerCase()
  const rules = [...IN_ANY_WORK, ...(BY_GENRE[genre] ?? [])]
  const meant = rules.flatMap(([sign, extension]) => (sign.test(text) ? [extension] : []))
  return [...new Set(named === undefined ? meant : [named, ...meant])]
}

/**
 * The extension of the scaffold for a deliverable: that of the text format it names, of what it is called, or of what
 * such a thing is in work of this genre, else Markdown. A scaffold is text, so documents and slides are outlined in it.
 */
export function extensionFor(deliverable: string, genre: Genre): string {
  return formatsNamed(deliverable, genre)[0] ?? 'md'
}

interface Filed {
  readonly task_number: number
  readonly slug: string
  readonly phase_type: string
  /** Empty where the task makes nothing of its own: its file is then what it leaves behind, a guide or a card. */
  readonly deliverable: string
}

/**
 * The one file a task writes. The path is relative and safe everywhere, its number makes it the task's own and keeps it
 * clear of names that are reserved somewhere.
 */
export function targetFile({ task_number, slug, phase_type, deliverable }: Filed, genre: Genre): string {
  const number = String(task_number).padStart(3, '0')
  return `${phase_type}/${number}-${slug}.${extensionFor(deliverable, genre)}`
}
