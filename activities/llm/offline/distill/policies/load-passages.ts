import { readFileSync } from 'node:fs'

import { parse } from 'yaml'
import { z } from 'zod'

import type { SourceDocument } from '../../../port.ts'
import { bareDocument } from '../../../briefs/bare-assignment.ts'

const SETS = ['dev', ...[1, 2, 3, 4, 5, 6].map((number) => `held-out-${number}`)]
const SYLLABUS_ID = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'

/** A passage as a person marked it; README.md says how. */
const Passage = z.strictObject({
  id: z.string(),
  syllabus: z.string().optional(),
  assignment: z.string().optional(),
  level: z.int().min(1).max(5).nullable(),
  unclear: z.boolean().default(false),
  quote: z.string().optional(),
  conditions: z.array(z.string()).default([]),
})

export type Passage = z.infer<typeof Passage>

export interface PassageSet {
  readonly name: string
  readonly passages: readonly Passage[]
}

/** The marked passages: those the rules were written with, and those they were measured on. */
export function loadPassages(): readonly PassageSet[] {
  return SETS.map((name) => {
    const text = readFileSync(new URL(`${name}.yaml`, import.meta.url), 'utf8')
    return { name, passages: z.array(Passage).parse(parse(text)) }
  })
}

/** The documents of an assignment that says nothing but this. */
export function documentsOf({ assignment, syllabus }: Passage): readonly SourceDocument[] {
  return [
    ...(assignment === undefined ? [] : [bareDocument(`${assignment}\n`)]),
    ...(syllabus === undefined ? [] : [bareDocument(`${syllabus}\n`, 'syllabus', SYLLABUS_ID)]),
  ]
}
