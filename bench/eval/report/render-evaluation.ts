import type { BriefSet } from '../../../activities/llm/briefs/load-briefs.ts'
import type { Evaluation, SetFigures } from '../evaluate.ts'
import { GROUPS, isLessBetter, LABELS, type Figure } from '../figures.ts'
import type { Floors } from '../floors.ts'
import { share, type Tally } from '../tally.ts'
import { renderTable } from './render-table.ts'

const SETS: Readonly<Record<BriefSet, string>> = {
  development: 'the rules were written with these briefs in view',
  'held-out': 'marked before any rule read them, and no rule was changed for them since',
}

const BY_BRIEF: readonly Figure[] = [
  'recall',
  'precision',
  'numbers',
  'dates',
  'kind',
  'modality',
  'requirements_planned',
  'holds',
]

const cases = ({ hit, of }: Tally) => (of === 0 ? '–' : `${hit}/${of}`)

function figureOf(figures: SetFigures['figures'], figure: Figure): string {
  const part = share(figures[figure])
  return part === null ? '–' : `${part.toFixed(3)} (${cases(figures[figure])})`
}

function limitOf(figure: Figure, limit: number | undefined): string {
  if (limit === undefined) return ''
  return `${isLessBetter(figure) ? '≤' : '≥'} ${limit}`
}

function renderGroup({ sets }: Evaluation, figures: readonly Figure[], floors: Floors | null): string {
  const head = sets.flatMap(({ set }) => (floors === null ? [set] : [set, 'kept']))
  const rows = figures.map((figure) => [
    LABELS[figure],
    ...sets.flatMap((one) => {
      const reached = figureOf(one.figures, figure)
      return floors === null ? [reached] : [reached, limitOf(figure, floors[one.set][figure])]
    }),
  ])
  return renderTable(['', ...head], rows)
}

function describe({ set, briefs, unanswered }: SetFigures): string {
  const without = unanswered.map(({ brief, code }) => `${brief} (${code})`).join(', ')
  const missing = without === '' ? '' : ` Without an answer, and in no figure: ${without}.`
  return `- **${set}**: ${briefs.length} briefs; ${SETS[set]}.${missing}`
}

/** The figures of a provider as tables, the sets of briefs apart; `kept` are the floors where there are any. */
export function renderEvaluation(evaluation: Evaluation, floors: Floors | null): string {
  const { provider, versions, sets } = evaluation
  const made = Object.entries(versions).map(([step, version]) => `${step}: ${version}`)
  const groups = GROUPS.map(
    ([title, figures]) => `## ${title}\n\n${renderGroup(evaluation, figures, floors)}`,
  )
  return [
    `# How well \`${provider}\` reads and plans`,
    `Made by ${made.join('; ')}.`,
    sets.map(describe).join('\n'),
    ...groups,
  ].join('\n\n')
}

/** One line for each brief with the figures a person looks at first. */
export function renderBriefs({ sets }: Evaluation): string {
  const tables = sets.map(({ set, briefs }) => {
    const rows = briefs.map(({ brief, genre, figures }) => [
      brief,
      genre,
      ...BY_BRIEF.map((figure) => cases(figures[figure])),
    ])
    return `## Brief by brief: ${set}\n\n${renderTable(['brief', 'genre', ...BY_BRIEF], rows)}`
  })
  return tables.join('\n\n')
}
