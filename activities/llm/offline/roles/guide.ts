import type { TaskType } from '../../../../contract/masterplan/derived-plan.ts'
import { toLine } from '../../../roles/lines.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import type { Drafted } from '../../../roles/role-output.ts'
import { writeScaffold } from '../../../roles/scaffold/write-scaffold.ts'
import { readBench, type Bench } from './bench.ts'
import { composeScaffold, type PlannedPart } from './compose-scaffold.ts'
import { checklist } from './forms/anything.ts'
import type { Form, PartPlan } from './forms/form.ts'
import { checkCard, readingGuide, riskCard, type Guide } from './forms/guides.ts'
import type { Prepared } from './prepare.ts'

const LONGEST_SUMMARY = 200

const asPlanned = (plan: PartPlan): PlannedPart => ({ ...plan, amount: null, requirement_ids: [] })

const plainList: Guide = {
  form: checklist,
  own: ({ own }) => own,
  parts: (bench) => checklist.parts(bench).map(asPlanned),
}

const GUIDES: { readonly [T in TaskType]: Guide } = {
  read_sources: readingGuide,
  settle_risk: riskCard,
  final_check: checkCard,
  work: plainList,
}

/** What a guide is made of: its bench with the requirements it speaks of, its form, and its parts. */
export interface PreparedGuide {
  readonly prepared: Prepared
  readonly parts: readonly PlannedPart[]
}

/** Reads the input of a guide, and which requirements belong into it. */
export function prepareGuide(input: RoleInput): PreparedGuide {
  // A guide to the sources is about all of them, not about what a form takes.
  const all = readBench(input)
  const guide = GUIDES[input.subject.task_type]
  const bench: Bench = { ...all, own: guide.own(all) }
  const { form } = guide
  return { prepared: { bench, form, parts: [], whole: null }, parts: guide.parts(bench) }
}

/** Writes a guide or a card from its parts. */
export function writeGuide(
  { prepared }: PreparedGuide,
  parts: readonly PlannedPart[],
  by: 'rules' | 'model',
): Drafted {
  const { bench, form }: { bench: Bench; form: Form } = prepared
  const [path] = bench.input.subject.target_paths
  const composed = composeScaffold(prepared, parts, by)
  const done = GUIDES[bench.input.subject.task_type].done?.(bench)
  const scaffold = done === undefined ? composed : { ...composed, criteria: [done, ...composed.criteria] }
  return {
    path,
    body: writeScaffold(scaffold, path),
    summary: toLine(`${form.name} for: ${bench.input.subject.title}`, LONGEST_SUMMARY),
  }
}

/** Writes by rules what a task without a deliverable leaves: a reading guide, a risk card, or a card of a final check. */
export function guideOffline(input: RoleInput): Drafted {
  const guide = prepareGuide(input)
  return writeGuide(guide, guide.parts, 'rules')
}
