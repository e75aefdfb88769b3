import { readFileSync, readdirSync } from 'node:fs'

import { z } from 'zod'

import type { CanvasContext } from '../../../../../contract/canvas-context.ts'
import { Modality, REQUIREMENT_KINDS } from '../../../../../contract/requirements.ts'
import type { SourceDocument } from '../../../port.ts'

/** What a person marked in a brief: each demand by its words, with its kind, strength and counts. */
const Gold = z.strictObject({
  genre: z.string(),
  title: z.string(),
  due_at: z.string().nullable(),
  time_zone: z.string(),
  submission_types: z.array(z.string()),
  checkpoints: z
    .array(z.strictObject({ tag: z.string(), due_at: z.string(), points: z.number() }))
    .default([]),
  /** Date as written, its day, whether it is a due day of Canvas. */
  dates: z.array(z.tuple([z.string(), z.string(), z.boolean()])),
  ai_level: z.number().nullable(),
  requirements: z.array(
    z.strictObject({
      kind: z.enum(REQUIREMENT_KINDS),
      modality: Modality,
      quote: z.string(),
      quantities: z.array(
        z.strictObject({
          value: z.number(),
          upper: z.number().nullable(),
          unit: z.string(),
          bound: z.string(),
        }),
      ),
      alternative: z.string().nullable(),
    }),
  ),
})

export type Gold = z.infer<typeof Gold>

export interface Brief {
  readonly name: string
  readonly gold: Gold
  readonly document: SourceDocument
  readonly context: CanvasContext
}

const FOLDER = new URL('.', import.meta.url)
const DOCUMENT_ID = '4f3c2b1a-0d9e-4c8b-a7f6-5e4d3c2b1a00'

/** A Canvas context that holds nothing but what a test needs. */
export function bareContext(
  assignment: Partial<CanvasContext['assignment']>,
  timeZone: string,
): CanvasContext {
  return {
    assignment: {
      id: '1',
      title: 'Assignment',
      description_html: null,
      due_at: null,
      lock_at: null,
      unlock_at: null,
      points_possible: null,
      grading_type: null,
      submission_types: ['online_upload'],
      allowed_extensions: [],
      allowed_attempts: null,
      group: false,
      peer_reviews: false,
      locked: false,
      lock_explanation: null,
      html_url: 'https://canvas.test/courses/1/assignments/1',
      updated_at: null,
      checkpoints: [],
      discussion_message_html: null,
      quiz: false,
      annotatable_file_id: null,
      attachments: [],
      ...assignment,
    },
    rubric: null,
    course: {
      id: '1',
      name: 'Course',
      code: null,
      time_zone: timeZone,
      syllabus_html: null,
      user_time_zone: null,
    },
  }
}

/** A stored document without pages. */
export function bareDocument(
  text: string,
  kind: SourceDocument['kind'] = 'description',
  id = DOCUMENT_ID,
): SourceDocument {
  return { document_id: id, kind, name: `${kind}.md`, text, pages: [] }
}

function loadBrief(name: string): Brief {
  const text = readFileSync(new URL(`${name}.md`, FOLDER), 'utf8')
  const gold = Gold.parse(JSON.parse(readFileSync(new URL(`${name}.gold.json`, FOLDER), 'utf8')))
  const { title, due_at, submission_types, checkpoints } = gold
  return {
    name,
    gold,
    document: bareDocument(text),
    context: bareContext({ title, due_at, submission_types, checkpoints }, gold.time_zone),
  }
}

/** Every brief of this folder with what a person marked in it. */
export function loadBriefs(): readonly Brief[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.gold.json'))
    .sort()
    .map((file) => loadBrief(file.replace('.gold.json', '')))
}
