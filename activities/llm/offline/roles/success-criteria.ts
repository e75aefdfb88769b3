import type { ValidationItem } from '../../../../contract/masterplan/derived-plan.ts'
import { toLine } from '../../../roles/lines.ts'
import { asLine, inOrderOfCost } from '../draft/restate.ts'
import type { Bench } from './bench.ts'

const LONGEST = 400
// A line of the final checklist may hold several demands, and is held against whole.
const LONGEST_CHECK = 1_300
const MOST = 60
const ROOM = 20_000

// The done definition decides; what the milestone as a whole must meet stands beside it.
const ORDER: readonly ValidationItem['of'][] = [
  'done_definition',
  'success_definition',
  'final_checklist',
  'mitigation',
  'acceptance_criterion',
  'hard_constraint',
]
const ALL_THE_OTHERS = 'Every other demand in the scaffold is ticked.'

/** What counts as success: the done definition, what the plan says beside it, then every requirement that binds. */
export function listCriteria({ input, own, isLinked }: Bench): string[] {
  const { subject } = input
  const validation = subject.validation.toSorted((a, b) => ORDER.indexOf(a.of) - ORDER.indexOf(b.of))
  const linked = isLinked ? own : []
  const binding = linked.filter(({ hard, modality }) => hard && modality !== 'may')
  const longest = subject.task_type === 'final_check' ? LONGEST_CHECK : LONGEST
  const said = [
    ...validation.map(({ text }) => text),
    ...inOrderOfCost(binding.length > 0 || validation.length > 0 ? binding : linked).map(asLine),
  ].map((text) => toLine(text, longest))
  const unique = [...new Map(said.map((text) => [text.toLowerCase(), text])).values()].filter(Boolean)
  let room = ROOM
  const fitting = unique.slice(0, MOST).filter((text) => (room -= JSON.stringify(text).length) > 0)
  if (fitting.length === 0) return [toLine(`Done: ${subject.title}`, LONGEST)]
  return fitting.length < unique.length ? [...fitting, ALL_THE_OTHERS] : fitting
}
