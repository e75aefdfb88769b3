import type { Block } from './lay-out.ts'
import type { Scaffold, Section } from './scaffold.ts'

const cell = (text: string): string =>
  /[",\n\r]/.test(text) ? `"${text.replaceAll(/\s+/g, ' ').replaceAll('"', '""')}"` : text

/** The columns of a data file: those of its table, else a column for each part. */
function columnsOf({ grid, sections }: Pick<Scaffold, 'grid' | 'sections'>): readonly string[] {
  const columns = grid?.columns ?? sections.map(({ name }) => name)
  return columns.length === 0 ? ['value', 'unit', 'origin'] : columns
}

/** A header row and nothing else: what stands below it is the student's. */
export function writeCsv(scaffold: Scaffold): string {
  return `${columnsOf(scaffold).map(cell).join(',')}\n`
}

/** An object with a key for each value and no value. */
export function writeJson(scaffold: Scaffold): string {
  const empty = Object.fromEntries(columnsOf(scaffold).map((column) => [column, null]))
  return `${JSON.stringify(empty, null, 2)}\n`
}

const FIELDS = ['author', 'title', 'year', 'journal', 'publisher', 'pages', 'doi']

const entry = (_: Section, index: number): string =>
  [`@misc{source${index + 1},`, ...FIELDS.map((field) => `  ${field} = {},`), '}'].join('\n')

/** An entry with empty fields for each part; BibTeX passes over what stands between entries. */
export function writeBib(blocks: readonly Block[], { sections }: Scaffold): string {
  // An at sign would begin an entry.
  const words = blocks.flatMap((block) =>
    block.kind === 'table' || block.kind === 'code'
      ? []
      : [`% ${block.text.replaceAll('@', '(at)').replaceAll(/\s+/g, ' ')}`],
  )
  return `${words.join('\n')}\n\n${sections.map(entry).join('\n\n')}\n`
}
