import type { CodeSkeleton, Demand, Scaffold, Section } from './scaffold.ts'

/** A piece of a scaffold in the order it is read, before a format writes it. */
export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'section'; readonly text: string; readonly name: string }
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'item'; readonly text: string }
  /** A line to tick. */
  | { readonly kind: 'box'; readonly text: string }
  /** A labelled blank. */
  | { readonly kind: 'slot'; readonly text: string }
  | {
      readonly kind: 'table'
      readonly columns: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly kind: 'code'; readonly code: CodeSkeleton }

/** A piece that is nothing but a line of text. */
export type TextBlock = Extract<Block, { readonly text: string }>

const sayDemand = ({ text, source, quote }: Demand): string => {
  const where = [source, quote === null ? null : `“${quote}”`].filter((part) => part !== null)
  return where.length === 0 ? text : `${text} (${where.join(': ')})`
}

const boxes = (demands: readonly Demand[]): readonly Block[] =>
  demands.map((demand) => ({ kind: 'box', text: sayDemand(demand) }))

/** A list under its heading; nothing where the list is empty. */
function listed(heading: string, blocks: readonly Block[]): readonly Block[] {
  return blocks.length === 0 ? [] : [{ kind: 'heading', text: heading }, ...blocks]
}

/** The heading of a part, with its number and its share. */
export function titleSection({ name, amount }: Pick<Section, 'name' | 'amount'>, index: number): string {
  return `${index + 1}. ${name}${amount === null ? '' : ` (${amount})`}`
}

function laySection(section: Section, index: number): readonly Block[] {
  const { name, purpose, asks, demands, slots } = section
  return [
    { kind: 'section', text: titleSection(section, index), name },
    ...(purpose === '' ? [] : [{ kind: 'line', text: purpose } as const]),
    ...asks.map((text): Block => ({ kind: 'item', text })),
    ...boxes(demands),
    ...slots.map((text): Block => ({ kind: 'slot', text })),
  ]
}

const FEWEST_ALIKE = 3

/** Whether two parts ask the same and keep the same places, and so can be rows of one table. */
function areAlike(one: Section, other: Section): boolean {
  const same = (a: readonly string[], b: readonly string[]) => a.join('\n') === b.join('\n')
  const bare = one.demands.length === 0 && other.demands.length === 0 && one.slots.length > 0
  return bare && one.purpose === other.purpose && same(one.asks, other.asks) && same(one.slots, other.slots)
}

/** Parts that are alike as a table: what is asked once, a row for each with a cell for each blank. */
function layAlike(alike: readonly Section[], from: number): readonly Block[] {
  const [first] = alike
  const last = alike.at(-1)
  if (first === undefined || last === undefined) return []
  const name = `${first.name} to ${last.name}`
  const hasShares = alike.some(({ amount }) => amount !== null)
  const empty = first.slots.map(() => '')
  return [
    { kind: 'section', text: `${from + 1} to ${from + alike.length}. ${name}`, name },
    ...(first.purpose === '' ? [] : [{ kind: 'line', text: first.purpose } as const]),
    ...first.asks.map((text): Block => ({ kind: 'item', text })),
    {
      kind: 'table',
      columns: ['Part', ...(hasShares ? ['Share'] : []), ...first.slots],
      rows: alike.map((section) => [section.name, ...(hasShares ? [section.amount ?? ''] : []), ...empty]),
    },
  ]
}

/** The parts in their order; where several in a row are alike, they share a table. */
function layParts(sections: readonly Section[]): readonly Block[] {
  const blocks: Block[] = []
  for (let from = 0; from < sections.length;) {
    const first = sections[from]
    if (first === undefined) break
    const rest = sections.slice(from)
    const other = rest.findIndex((section) => section !== first && !areAlike(first, section))
    const alike = other < 0 ? rest : rest.slice(0, other)
    if (alike.length >= FEWEST_ALIKE) blocks.push(...layAlike(alike, from))
    else blocks.push(...laySection(first, from))
    from += alike.length >= FEWEST_ALIKE ? alike.length : 1
  }
  return blocks
}

const TEST_IN_WORDS = ['It shows', 'Given', 'Done', 'Must come out']

/** Tests as rows to fill in words: a case of a test is thought out before anybody writes it. */
function layPlanned({ planned }: CodeSkeleton): readonly Block[] {
  const rows = planned.map((shows) => [shows, ...TEST_IN_WORDS.slice(1).map(() => '')])
  return rows.length === 0 ? [] : listed('Tests in words', [{ kind: 'table', columns: TEST_IN_WORDS, rows }])
}

function layBudget({ sections, total }: Scaffold): readonly Block[] {
  return total === null
    ? []
    : listed('Budget', [
        {
          kind: 'table',
          columns: ['Part', 'Share'],
          rows: sections.flatMap(({ name, amount }) => (amount === null ? [] : [[name, amount]])),
        },
        { kind: 'line', text: `Total: ${total}` },
      ])
}

/**
 * Puts a scaffold in the order a student reads it: what it is, what holds, the parts, when it is done. Where the format
 * has tables, parts that are alike share one.
 */
export function layOut(scaffold: Scaffold, hasTables: boolean): readonly Block[] {
  const { title, made_by, facts, use, came_back, demands, rubric, sections, grid, code } = scaffold
  const { criteria, beside, open, earlier } = scaffold
  return [
    { kind: 'title', text: title },
    { kind: 'line', text: made_by },
    ...facts.map(({ label, value }): Block => ({ kind: 'item', text: `${label}: ${value}` })),
    { kind: 'line', text: use },
    ...listed(
      'What came back',
      came_back === null
        ? []
        : [
            { kind: 'line', text: `The reason: “${came_back.reason}”` },
            ...came_back.checks.map((text): Block => ({ kind: 'box', text })),
          ],
    ),
    ...listed(
      'To work from',
      earlier.map((text) => ({ kind: 'item', text })),
    ),
    ...listed('What holds for all of it', boxes(demands)),
    ...(hasTables ? layParts(sections) : sections.flatMap(laySection)),
    ...layBudget(scaffold),
    ...(grid === null
      ? []
      : listed(grid.caption, [{ kind: 'table', columns: grid.columns, rows: grid.rows }])),
    ...(code === null ? [] : [{ kind: 'code', code } as const, ...layPlanned(code)]),
    ...listed('What it is judged by', boxes(rubric)),
    ...listed(
      'Done when',
      criteria.map((text) => ({ kind: 'box', text })),
    ),
    ...listed(
      'With the whole milestone',
      beside.map((text) => ({ kind: 'box', text })),
    ),
    ...listed(
      'Not clear yet',
      open.map((text) => ({ kind: 'item', text })),
    ),
  ]
}
