import { z } from 'zod'

import { Count, Slug, Uuid } from './primitives.ts'
import { QuoteMatch } from './evidence.ts'

export const REQUIREMENT_KINDS = [
  'deliverable',
  'content',
  'structure',
  'length',
  'format',
  'source',
  'method',
  'tool',
  'deadline',
  'submission',
  'grading',
  'collaboration',
  'policy',
  'process',
] as const

/** What the document asks: `must`, `must_not`, `should`, `may`. */
export const Modality = z.enum(['must', 'must_not', 'should', 'may'])

/** Where a statement stands: document, exact words, offsets into its stored text, page. */
export const Evidence = z.strictObject({
  document_id: Uuid,
  quote: z.string().min(1),
  start: Count.nullable(),
  end: Count.nullable(),
  page: Count.nullable(),
  match: QuoteMatch,
})

/** A number as the source writes it, with its unit (`words`, `pages`, `sources`, `points`, `%` …). */
export const Quantity = z.strictObject({
  text: z.string().min(1),
  value: z.number(),
  upper: z.number().nullable(),
  unit: z.string(),
  bound: z.enum(['exact', 'at_least', 'at_most', 'range', 'about']),
})

export const Requirement = z.strictObject({
  id: Slug,
  kind: z.enum(REQUIREMENT_KINDS),
  modality: Modality,
  statement: z.string().min(1).max(1_000),
  hard: z
    .boolean()
    .meta({ description: 'Whether missing it fails the work, e.g. a length, a format, a file type' }),
  quantities: z.array(Quantity),
  /** Requirements of which one is to be chosen share this id; null when it stands alone. */
  alternative_group: Slug.nullable(),
  /** The rubric criterion it restates, by Canvas id; null when none. */
  criterion_id: z.string().nullable(),
  evidence: z.array(Evidence).min(1),
})

export const DateMention = z.strictObject({
  text: z.string().min(1),
  iso_date: z.iso.date().nullable(),
  agrees_with_canvas: z.boolean().nullable(),
  evidence: Evidence,
})

export const AiPolicy = z.strictObject({
  /** 1 no AI, 2 ideas, 3 outlining, 4 editing or feedback, 5 free; null when nothing is said. */
  level: z.int().min(1).max(5).nullable(),
  /** What the words permit one by one, which may be less than the level does; the level alone counts without it. */
  permits: z.strictObject({ plan: z.boolean(), feedback: z.boolean() }).optional(),
  evidence: z.array(Evidence),
})

/** Everything distilled from the documents of one assignment, each statement with its evidence. */
export const Distilled = z.strictObject({
  genre: z.enum([
    'essay',
    'research_paper',
    'bibliography',
    'programming',
    'lab_report',
    'presentation',
    'discussion',
    'general',
  ]),
  objective: z.string().min(1).max(1_000),
  requirements: z.array(Requirement),
  dates: z.array(DateMention),
  ai_policy: AiPolicy,
  /** Text addressed to a machine rather than to the student: reported, never obeyed. */
  suspicious: z.array(Evidence),
  open_questions: z.array(z.string().min(1).max(1_000)),
})

export type Evidence = z.infer<typeof Evidence>
export type Quantity = z.infer<typeof Quantity>
export type Requirement = z.infer<typeof Requirement>
export type DateMention = z.infer<typeof DateMention>
export type AiPolicy = z.infer<typeof AiPolicy>
export type Distilled = z.infer<typeof Distilled>
