import type { Block, TextBlock } from './lay-out.ts'
import { languageOf } from './languages/languages.ts'
import type { CodeSkeleton } from './scaffold.ts'
import { writeStubs } from './write-stubs.ts'

const BLANK = '________'

// What would begin markup here: tags, emphasis, strikes, links and pictures; names such as `a_b` are left as they are.
const MARKUP =
  /<(?=[\p{L}/!?])|\*(?=\S)|(?<=\S)\*|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|~(?=~)|\](?=[([])|!(?=\[)/gu

/** Words as Markdown shows them and nothing else: no markup, no picture, no link, one line. */
export function plainWords(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(MARKUP, (sign) => `\\${sign}`)
    .replaceAll('``', "''")
}

/** The same at the beginning of a line, where more signs are markup. */
function begun(text: string): string {
  return plainWords(text).replace(/^(?=[#>+=-])|(?<=^\d{1,9})(?=[.)] )/u, '\\')
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

function writeTable({ columns, rows }: Extract<Block, { kind: 'table' }>): readonly string[] {
  const cells = (of: readonly string[]) => of.map((cell) => plainWords(cell).replaceAll('|', '\\|'))
  return [row(cells(columns)), row(columns.map(() => '---')), ...rows.map((each) => row(cells(each))), '']
}

const fence = (language: string, lines: readonly string[]): readonly string[] => [
  `\`\`\`${language}`,
  ...lines,
  '```',
  '',
]

function writeCode({ language, files, names, signatures, tests }: CodeSkeleton): readonly string[] {
  const known = language === null ? null : languageOf(language)
  const stubs = known === null ? [] : writeStubs(known, { signatures, tests })
  return [
    ...(files.length === 0
      ? []
      : ['## Files the brief names', '', ...files.map((file) => `- [ ] ${plainWords(file)}`), '']),
    ...(names.length === 0
      ? []
      : ['## Names the brief gives', '', ...names.map((name) => `- [ ] ${plainWords(name)}`), '']),
    ...(stubs.length === 0 ? [] : ['## Stubs to start from', '', ...fence(language ?? '', stubs)]),
  ]
}

// Lists stand together; everything else is followed by an empty line.
const LISTED = new Set<Block['kind']>(['item', 'box', 'slot'])

const WRITTEN: { readonly [K in TextBlock['kind']]: (text: string) => string } = {
  title: (text) => `# ${plainWords(text)}`,
  heading: (text) => `## ${plainWords(text)}`,
  section: (text) => `## ${plainWords(text)}`,
  line: begun,
  item: (text) => `- ${begun(text)}`,
  box: (text) => `- [ ] ${plainWords(text)}`,
  slot: (text) => `- ${plainWords(text)}: ${BLANK}`,
}

function writeBlock(block: Block): readonly string[] {
  if (block.kind === 'table') return writeTable(block)
  if (block.kind === 'code') return writeCode(block.code)
  return [WRITTEN[block.kind](block.text)]
}

/** Writes a scaffold as Markdown that a person can read, print and tick. */
export function writeMarkdown(blocks: readonly Block[]): string {
  const lines = blocks.flatMap((block, index) => {
    const written = writeBlock(block)
    const next = blocks[index + 1]
    const together = LISTED.has(block.kind) && next !== undefined && LISTED.has(next.kind)
    return together || written.at(-1) === '' ? written : [...written, '']
  })
  return `${lines.join('\n').trimEnd()}\n`
}
