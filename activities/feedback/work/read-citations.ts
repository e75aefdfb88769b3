import type { WorkOutline } from './outline-work.ts'

/** The forms a citation comes in; works cited in two forms cannot be told apart or together. */
export type CitationForm = 'year' | 'page' | 'number' | 'mark'

/** A citation in the running text; the same `work` twice is the same source cited twice. */
export interface Citation {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly form: CitationForm
  readonly work: string
}

const NAME = String.raw`\p{Lu}[\p{L}'’-]{1,30}`
const NAMES = String.raw`${NAME}(?:(?:,| and| &| et al\.?,?| und| y| et)(?: ${NAME})?){0,4}`
const YEAR = String.raw`(?:1[5-9]|20)\d{2}[a-z]?`
const PLACE = String.raw`(?:[,:] ?(?:pp?\. ?|S\. ?|para\. ?|ch\. ?)?\d[\d–-]{0,8})?`
const IN_PARENTHESES = new RegExp(
  String.raw`(?<=[(;]\s?(?:see |cf\. |vgl\. |e\.g\.,? )?)(?<names>${NAMES}),? (?<year>${YEAR})${PLACE}(?=[;)])`,
  'gu',
)
const NAME_THEN_YEAR = new RegExp(
  String.raw`\b(?<names>${NAMES}) \((?<year>${YEAR})(?:[,:][^)\n]{0,20})?\)`,
  'gu',
)
const AUTHOR_PAGE = new RegExp(
  String.raw`\((?<names>${NAMES}),? (?:pp?\. ?)?(?!${YEAR}\))\d{1,4}(?:[–-]\d{1,4})?\)`,
  'gu',
)
const NUMBERED = /\[(?<numbers>\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,9})\]/gu
const FOOTNOTE = /\[\^(?<mark>[\w-]{1,20})\](?!:)/gu
const LONGEST_SPAN = 30

function surname(names: string): string {
  return (/[\p{L}'’-]+/u.exec(names)?.[0] ?? names).toLowerCase()
}

/** `1, 3` names two works, and `1–3` three. */
function numbersOf(numbers: string): readonly string[] {
  return numbers.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split(/[–-]/u).map((one) => Number(one.trim()))
    const length = to - from + 1
    if (length < 1 || length > LONGEST_SPAN) return [`[${from}]`]
    return Array.from({ length }, (_, index) => `[${from + index}]`)
  })
}

type Groups = Readonly<Record<string, string | undefined>>
type Reading = readonly [CitationForm, RegExp, (groups: Groups) => readonly string[]]

const byYear = ({ names = '', year = '' }: Groups) => [`${surname(names)} ${year}`]
const READINGS: readonly Reading[] = [
  ['year', IN_PARENTHESES, byYear],
  ['year', NAME_THEN_YEAR, byYear],
  ['page', AUTHOR_PAGE, ({ names = '' }) => [surname(names)]],
  ['number', NUMBERED, ({ numbers = '' }) => numbersOf(numbers)],
  ['mark', FOOTNOTE, ({ mark = '' }) => [`^${mark}`]],
]

// "(Table 3)" and "(May 1854)" are no authors.
const NO_AUTHOR =
  /^(?:table|figure|fig|chapter|section|appendix|equation|eq|page|part|act|scene|psalm|question|room|step|version|python|world war|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter)\b/iu

/** Citations of the running text in the common forms: author and year, author and page, numbers, footnote marks. */
export function readCitations(
  raw: string,
  { references, notes }: Pick<WorkOutline, 'references' | 'notes'>,
): readonly Citation[] {
  const apart = [...(references === null ? [] : [references]), ...notes].toSorted((a, b) => a.start - b.start)
  const citations = READINGS.flatMap(([form, pattern, worksOf]) =>
    [...raw.matchAll(pattern)].flatMap((match) => {
      const { index, 0: text } = match
      if (NO_AUTHOR.test(text.replace(/^\(/u, ''))) return []
      return worksOf(match.groups ?? {}).map((work) => ({
        text,
        start: index,
        end: index + text.length,
        form,
        work,
      }))
    }),
  )
  return leaveOut(
    citations.toSorted((a, b) => a.start - b.start),
    apart,
  )
}

/** What stands in the list of references or in a note cites nothing by itself; both lists are in the order of the text. */
function leaveOut(
  citations: readonly Citation[],
  apart: readonly { readonly start: number; readonly end: number }[],
): readonly Citation[] {
  let at = 0
  return citations.filter(({ start }) => {
    while (at < apart.length && (apart[at]?.end ?? 0) <= start) at += 1
    return start < (apart[at]?.start ?? Number.POSITIVE_INFINITY)
  })
}
