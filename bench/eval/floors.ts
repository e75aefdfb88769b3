import { readFileSync } from 'node:fs'
import { z } from 'zod'

import type { Evaluation } from './evaluate.ts'
import { FIGURES, isLessBetter, LABELS } from './figures.ts'
import { share } from './tally.ts'

const OfSet = z.partialRecord(z.enum(FIGURES), z.number().min(0))

const Floors = z.strictObject({ development: OfSet, 'held-out': OfSet })

export type Floors = z.infer<typeof Floors>

/** The share of each figure that must be kept, a ceiling where less is better; throws ZodError. */
export function readFloors(file = new URL('floors.json', import.meta.url)): Floors {
  return Floors.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** Figures that are worse than committed, one sentence each; a figure without a case is no breach. */
export function findBreaches({ sets }: Evaluation, floors: Floors): readonly string[] {
  return sets.flatMap(({ set, figures }) =>
    FIGURES.flatMap((figure) => {
      const [limit, reached] = [floors[set][figure], share(figures[figure])]
      if (limit === undefined || reached === null) return []
      if (isLessBetter(figure) ? reached <= limit : reached >= limit) return []
      const side = isLessBetter(figure) ? 'above its ceiling' : 'below its floor'
      return [`${set}: “${LABELS[figure]}” is ${reached.toFixed(3)}, ${side} of ${limit}.`]
    }),
  )
}
