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

/** Puts a scaffold in the order a student reads it: what it is, what holds, the parts, when it is done. */
export function layOut(scaffold: Scaffold): readonly Block[] {
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
    ...sections.flatMap(laySection),
    ...layBudget(scaffold),
    ...(grid === null
      ? []
      : listed(grid.caption, [{ kind: 'table', columns: grid.columns, rows: grid.rows }])),
    ...(code === null ? [] : [{ kind: 'code', code } as const]),
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
