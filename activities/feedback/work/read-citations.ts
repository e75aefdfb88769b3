import type { WorkOutline } from './outline-work.ts'

/** A citation in the running text; the same `work` twice is the same source cited twice. */
export interface Citation {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly work: string
}

const NAME = String.raw`\p{Lu}[\p{L}'’-]{1,30}`
const NAMES = String.raw`${NAME}(?:(?:,| and| &| et al\.?,?)(?: ${NAME})?){0,4}`
const YEAR = String.raw`(?:1[5-9]|20)\d{2}[a-z]?`
const IN_PARENTHESES = new RegExp(
  String.raw`(?<=[(;]\s?(?:see |cf\. |e\.g\.,? )?)(?<names>${NAMES}),? (?<year>${YEAR})(?:[,:] ?(?:pp?\. ?)?\d[\d–-]{0,8})?(?=[;)])`,
  'gu',
)
const NAME_THEN_YEAR = new RegExp(
  String.raw`\b(?<names>${NAMES}) \((?<year>${YEAR})(?:[,:][^)\n]{0,20})?\)`,
  'gu',
)
const AUTHOR_PAGE = new RegExp(String.raw`\((?<names>${NAMES}),? (?:pp?\. ?)?\d{1,4}(?:[–-]\d{1,4})?\)`, 'gu')
const NUMBERED = /\[(?<numbers>\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,9})\]/gu
const FOOTNOTE = /\[\^(?<mark>[\w-]{1,20})\](?!:)/gu

function surname(names: string): string {
  return (/[\p{L}'’-]+/u.exec(names)?.[0] ?? names).toLowerCase()
}

type Reading = readonly [RegExp, (groups: Readonly<Record<string, string | undefined>>) => readonly string[]]

const READINGS: readonly Reading[] = [
  [IN_PARENTHESES, ({ names = '', year = '' }) => [`${surname(names)} ${year}`]],
  [NAME_THEN_YEAR, ({ names = '', year = '' }) => [`${surname(names)} ${year}`]],
  [AUTHOR_PAGE, ({ names = '' }) => [surname(names)]],
  [
    NUMBERED,
    ({ numbers = '' }) =>
      numbers
        .split(/\D+/u)
        .filter(Boolean)
        .map((number) => `[${number}]`),
  ],
  [FOOTNOTE, ({ mark = '' }) => [`^${mark}`]],
]

// "(Table 3)" and "(May 1854)" are no authors.
const NO_AUTHOR =
  /^(?:table|figure|fig|chapter|section|appendix|equation|eq|page|part|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter)\b/iu

/** Citations of the running text in the common forms: author and year, author and page, numbers, footnote marks. */
export function readCitations(
  raw: string,
  { references, footnotes }: Pick<WorkOutline, 'references' | 'footnotes'>,
): readonly Citation[] {
  const apart = references === null ? footnotes : [references, ...footnotes]
  const inList = (at: number) => apart.some(({ start, end }) => at >= start && at < end)
  const citations = READINGS.flatMap(([form, worksOf]) =>
    [...raw.matchAll(form)].flatMap((match) => {
      const { index, 0: text } = match
      if (inList(index) || NO_AUTHOR.test(text.replace(/^\(/u, ''))) return []
      return worksOf(match.groups ?? {}).map((work) => ({
        text,
        start: index,
        end: index + text.length,
        work,
      }))
    }),
  )
  return citations.toSorted((a, b) => a.start - b.start)
}
