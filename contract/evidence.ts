import { z } from 'zod'

import { Count, Sha256, Uuid } from './primitives.ts'

/** How a quote was found in its document: to the letter, after normalising, nearly, or not at all. */
export const QuoteMatch = z.enum(['exact', 'normalised', 'fuzzy', 'none'])

export const DOCUMENT_KINDS = [
  'description',
  'discussion',
  'attachment',
  'rubric',
  'syllabus',
  'canvas',
] as const
export const DocumentKind = z.enum(DOCUMENT_KINDS)

export const EvidenceItem = z
  .strictObject({
    pointer: z.string().meta({ description: 'JSON pointer (RFC 6901) into the plan' }),
    document_id: Uuid,
    quote: z.string(),
    start: Count.nullable(),
    end: Count.nullable(),
    page: Count.nullable(),
    match: QuoteMatch,
  })
  .meta({ id: 'EvidenceItem' })

/** What checking the plan found, as far as it still stands or was mended; an error never reaches a student. */
export const CheckFinding = z
  .strictObject({
    code: z.string(),
    pointer: z.string().meta({ description: 'JSON pointer (RFC 6901) into the plan' }),
    severity: z.enum(['error', 'warning', 'info']),
    message: z.string(),
  })
  .meta({ id: 'CheckFinding' })

export const PlanEvidence = z
  .strictObject({
    items: z.array(EvidenceItem),
    documents: z.array(
      z.strictObject({ document_id: Uuid, kind: DocumentKind, name: z.string(), sha256: Sha256 }),
    ),
    findings: z
      .array(CheckFinding)
      .default([])
      .meta({ description: 'What checking found, and what it mended' }),
  })
  .meta({ id: 'PlanEvidence' })

export type QuoteMatch = z.infer<typeof QuoteMatch>
export type DocumentKind = z.infer<typeof DocumentKind>
export type EvidenceItem = z.infer<typeof EvidenceItem>
export type CheckFinding = z.infer<typeof CheckFinding>
export type PlanEvidence = z.infer<typeof PlanEvidence>
