import { writeFile } from 'node:fs/promises'

import type { Evaluation } from '../evaluate.ts'
import { FIGURES, type Figure } from '../figures.ts'
import type { Floors } from '../floors.ts'
import { share, type Tallies } from '../tally.ts'
import { renderBriefs, renderEvaluation } from './render-evaluation.ts'

const HOW = 'Written by `npm run eval`; see [the eval](../README.md).'

/** Where the committed results of a provider stand. */
export function resultsFile(provider: string, ending: 'json' | 'md'): URL {
  return new URL(`../results/${provider}.${ending}`, import.meta.url)
}

function sharesOf(figures: Tallies<Figure>): object {
  const parts = FIGURES.map((figure) => {
    const part = share(figures[figure])
    return [figure, { ...figures[figure], share: part === null ? null : Number(part.toFixed(4)) }] as const
  })
  return Object.fromEntries(parts)
}

function casesOf(figures: Tallies<Figure>): object {
  const counted = FIGURES.filter((figure) => figures[figure].of > 0)
  return Object.fromEntries(counted.map((figure) => [figure, `${figures[figure].hit}/${figures[figure].of}`]))
}

/** The results as JSON: each set with its figures, and the cases of every brief. */
export function toJson({ provider, versions, sets }: Evaluation): string {
  const told = sets.map(({ set, figures, briefs, unanswered }) => ({
    set,
    briefs: briefs.length,
    unanswered,
    figures: sharesOf(figures),
    by_brief: Object.fromEntries(briefs.map((one) => [one.brief, casesOf(one.figures)])),
  }))
  return `${JSON.stringify({ provider, versions, sets: told }, null, 2)}\n`
}

/** The results as a page. */
export function toPage(evaluation: Evaluation, floors: Floors | null): string {
  return `${[renderEvaluation(evaluation, floors), renderBriefs(evaluation), HOW].join('\n\n')}\n`
}

/** Writes the results of a provider where they are committed. */
export async function writeResults(evaluation: Evaluation, floors: Floors | null): Promise<void> {
  await writeFile(resultsFile(evaluation.provider, 'json'), toJson(evaluation))
  await writeFile(resultsFile(evaluation.provider, 'md'), toPage(evaluation, floors))
}
