import { readFileSync, readdirSync } from 'node:fs'

import type { CanvasContext } from '../../../contract/canvas-context.ts'
import { describeFacts, describeRubric } from '../../describe-facts.ts'
import type { SourceDocument } from '../port.ts'
import { bareContext, bareDocument } from './bare-assignment.ts'
import { Gold } from './gold.ts'

/** `development`: the rules were written with these in view; `held-out`: marked and committed before any rule read them. */
export type BriefSet = 'development' | 'held-out'

/** An assignment as an instructor might write it, with what a person marked in its text. */
export interface Brief {
  readonly name: string
  readonly set: BriefSet
  readonly gold: Gold
  /** The instructor's own texts, the description first; the marked quotes stand in them. */
  readonly texts: readonly SourceDocument[]
  /** The texts with what Canvas itself knows, as a run stores them. */
  readonly documents: readonly SourceDocument[]
  readonly context: CanvasContext
  /** When planning begins, ISO 8601 UTC. */
  readonly now: string
}

const KINDS = ['description', 'attachment', 'syllabus', 'rubric', 'canvas'] as const
const NO_DUE_DATE_NOW = '2026-09-01T09:00:00Z'
const DAY_MS = 86_400_000
const LEAD_MS = 21 * DAY_MS
const STAGE_LEAD_MS = 7 * DAY_MS

function contextOf({ canvas }: Gold): CanvasContext {
  const { title, due_at, time_zone, submission_types, points, group, checkpoints, rubric } = canvas
  const assignment = { title, due_at, submission_types, points_possible: points, group, checkpoints }
  const context = bareContext(assignment, time_zone)
  if (rubric.length === 0) return context
  const criteria = rubric.map(([description, worth], index) => ({
    id: `_${index + 1}`,
    description,
    long_description: null,
    points: worth,
    ratings: [],
  }))
  const total = rubric.reduce((sum, [, worth]) => sum + worth, 0)
  const shown = { title: null, points_possible: total, hide_points: false, used_for_grading: true }
  return { ...context, rubric: { ...shown, criteria } }
}

function documentOf(kind: (typeof KINDS)[number], text: string): SourceDocument {
  return bareDocument(text, kind, `4f3c2b1a-0d9e-4c8b-a7f6-5e4d3c2b1a0${KINDS.indexOf(kind)}`)
}

/** The files of a brief: `name.md` is its description, `name.attachment.txt` a handout. */
function readTexts(folder: URL, name: string): readonly SourceDocument[] {
  const files = readdirSync(folder)
  return KINDS.flatMap((kind) => {
    const stem = kind === 'description' ? name : `${name}.${kind}`
    const file = files.find((one) => one === `${stem}.md` || one === `${stem}.txt`)
    return file === undefined ? [] : [documentOf(kind, readFileSync(new URL(file, folder), 'utf8'))]
  })
}

/** When a student would begin: three weeks before the work is due, and a week before its first stage. */
function startOf({ canvas: { due_at }, dates }: Gold): string {
  if (due_at === null) return NO_DUE_DATE_NOW
  const stages = dates
    .filter(({ role }) => role === 'interim')
    .map(({ day }) => Date.parse(day) - STAGE_LEAD_MS)
  return new Date(Math.min(Date.parse(due_at) - LEAD_MS, ...stages)).toISOString()
}

function loadBrief(set: BriefSet, name: string): Brief {
  const folder = new URL(`${set}/`, import.meta.url)
  const gold = Gold.parse(JSON.parse(readFileSync(new URL(`${name}.gold.json`, folder), 'utf8')))
  const context = contextOf(gold)
  const texts = readTexts(folder, name)
  const rubric = describeRubric(context)
  return {
    name,
    set,
    gold,
    texts,
    documents: [
      ...texts,
      ...(rubric === '' ? [] : [documentOf('rubric', rubric)]),
      documentOf('canvas', describeFacts(context)),
    ],
    context,
    now: startOf(gold),
  }
}

/** Every brief of a set in the order of their names; throws ZodError for a mark that is none. */
export function loadBriefs(set: BriefSet): readonly Brief[] {
  return readdirSync(new URL(`${set}/`, import.meta.url))
    .filter((file) => file.endsWith('.gold.json'))
    .map((file) => file.replace('.gold.json', ''))
    .sort()
    .map((name) => loadBrief(set, name))
}
