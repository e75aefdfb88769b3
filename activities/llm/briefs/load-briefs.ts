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
  /** The instructor's text; its quotes are the marked ones. */
  readonly document: SourceDocument
  /** The text with what Canvas itself knows, as a run stores them. */
  readonly documents: readonly SourceDocument[]
  readonly context: CanvasContext
  /** When planning begins, ISO 8601 UTC: three weeks before the work is due. */
  readonly now: string
}

const RUBRIC_ID = '4f3c2b1a-0d9e-4c8b-a7f6-5e4d3c2b1a01'
const CANVAS_ID = '4f3c2b1a-0d9e-4c8b-a7f6-5e4d3c2b1a02'
const NO_DUE_DATE_NOW = '2026-09-01T09:00:00Z'
const LEAD_MS = 21 * 86_400_000

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

function loadBrief(set: BriefSet, file: string): Brief {
  const folder = new URL(`${set}/`, import.meta.url)
  const name = file.replace(/\.[a-z]+$/u, '')
  const gold = Gold.parse(JSON.parse(readFileSync(new URL(`${name}.gold.json`, folder), 'utf8')))
  const context = contextOf(gold)
  const document = bareDocument(readFileSync(new URL(file, folder), 'utf8'))
  const rubric = describeRubric(context)
  const { due_at } = gold.canvas
  return {
    name,
    set,
    gold,
    document,
    documents: [
      document,
      ...(rubric === '' ? [] : [bareDocument(rubric, 'rubric', RUBRIC_ID)]),
      bareDocument(describeFacts(context), 'canvas', CANVAS_ID),
    ],
    context,
    now: due_at === null ? NO_DUE_DATE_NOW : new Date(Date.parse(due_at) - LEAD_MS).toISOString(),
  }
}

/** Every brief of a set in the order of their names; throws ZodError for a mark that is none. */
export function loadBriefs(set: BriefSet): readonly Brief[] {
  return readdirSync(new URL(`${set}/`, import.meta.url))
    .filter((file) => /\.(?:md|txt)$/u.test(file))
    .sort()
    .map((file) => loadBrief(set, file))
}
