import { z } from 'zod'

import { IsoTime } from '../../../contract/primitives.ts'
import { Distilled, Modality, type Quantity, REQUIREMENT_KINDS } from '../../../contract/requirements.ts'

const COUNT =
  /^(?<bound>>=|<=|~)?(?<value>\d+(?:\.\d+)?)(?:\.\.(?<upper>\d+(?:\.\d+)?))? (?<unit>[^\d\s]\S*(?: \S+)*)$/u
const BOUNDS: Readonly<Record<string, Quantity['bound']>> = {
  '>=': 'at_least',
  '<=': 'at_most',
  '~': 'about',
}

/** A count as a person marks it: `5 sources`, `>=5 sources`, `<=40 words`, `~300 words`, `1500..2000 words`. */
const Count = z.string().transform((text, context): Omit<Quantity, 'text'> => {
  const { bound, value, upper, unit } = COUNT.exec(text)?.groups ?? {}
  if (value === undefined || unit === undefined || (bound !== undefined && upper !== undefined)) {
    context.addIssue({ code: 'custom', message: `“${text}” is no count such as ">=5 sources"` })
    return z.NEVER
  }
  const kind = upper === undefined ? (BOUNDS[bound ?? ''] ?? 'exact') : 'range'
  return { value: Number(value), upper: upper === undefined ? null : Number(upper), unit, bound: kind }
})

/** One demand by its words, with what a person read in it. */
const MarkedRequirement = z.strictObject({
  quote: z.string().min(1),
  kind: z.enum(REQUIREMENT_KINDS),
  modality: Modality,
  counts: z.array(Count).default([]),
  /** Names the choice it is an option of. */
  choice: z.string().optional(),
  /** Other places that say the same. */
  again: z.array(z.string().min(1)).default([]),
})

const MarkedDate = z.strictObject({
  text: z.string().min(1),
  day: z.iso.date(),
  /** The due day of Canvas, a stage on the way, another due day than Canvas has, or nothing the student hands in. */
  role: z.enum(['due', 'interim', 'conflict', 'other']),
})

const MarkedCanvas = z.strictObject({
  title: z.string(),
  due_at: IsoTime.nullable(),
  time_zone: z.string(),
  submission_types: z.array(z.string()).default(['online_upload']),
  points: z.number().nullable().default(null),
  group: z.boolean().default(false),
  checkpoints: z.array(z.strictObject({ tag: z.string(), due_at: IsoTime, points: z.number() })).default([]),
  /** Criteria of the rubric in Canvas with their points; empty when Canvas has none. */
  rubric: z.array(z.tuple([z.string(), z.number()])).default([]),
})

/** What a person marked in a brief, and what Canvas says beside it. */
export const Gold = z.strictObject({
  genre: Distilled.shape.genre,
  /** How it is written, in a few words. */
  written: z.string(),
  canvas: MarkedCanvas,
  ai_level: z.int().min(1).max(5).nullable(),
  dates: z.array(MarkedDate),
  requirements: z.array(MarkedRequirement),
})

export type Gold = z.infer<typeof Gold>
export type MarkedRequirement = z.infer<typeof MarkedRequirement>
