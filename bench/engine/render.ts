import { PLAN_STAGES } from '../../contract/stages.ts'
import { median } from '../ground/percentile.ts'
import type { Figures } from './measure-loop.ts'
import type { StageParts } from './read-parts.ts'

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const fixed = (value: number, digits = 0): string => (Number.isNaN(value) ? '–' : value.toFixed(digits))

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}

const HEAD = [
  'concurrency',
  'what',
  'runs',
  'runs/s',
  'p50 ms',
  'p99 ms',
  'CPU ms/run: client and workers',
  'Temporal',
  'PostgreSQL',
]

/** Medians over the rounds, one line for each contender and concurrency. */
export function renderFigures(figures: readonly Figures[]): string {
  const groups = Map.groupBy(figures, ({ contender, concurrency }) => `${concurrency}|${contender}`)
  const lines = [...groups].map(([key, of]) => {
    const [concurrency = '', contender = ''] = key.split('|')
    const middle = (pick: (figures: Figures) => number): number => median(of.map(pick))
    return [
      concurrency,
      contender,
      of.map(({ done }) => done).join(' + '),
      fixed(
        middle(({ perSecond }) => perSecond),
        1,
      ),
      fixed(middle(({ p50 }) => p50)),
      fixed(middle(({ p99 }) => p99)),
      fixed(middle(({ processor }) => processor.ours)),
      fixed(middle(({ processor }) => processor.temporal)),
      fixed(middle(({ processor }) => processor.postgres)),
    ]
  })
  return table(HEAD, lines)
}

/** Where the time of a run goes, stage by stage: medians in milliseconds. */
export function renderParts(parts: readonly StageParts[]): string {
  const columns = ['reached', 'work', 'model', 'stored'] as const
  const lines = PLAN_STAGES.map((stage) => {
    const of = parts.filter((part) => part.stage === stage)
    return { stage, values: columns.map((column) => median(of.map((part) => part[column]))) }
  })
  const sums = columns.map((_, index) => lines.reduce((sum, { values }) => sum + (values[index] ?? 0), 0))
  return table(
    ['stage', 'reached', 'work', 'of it model', 'stored'],
    [...lines, { stage: 'sum of medians', values: sums }].map(({ stage, values }) => [
      stage,
      ...values.map((value) => fixed(value, 1)),
    ]),
  )
}
