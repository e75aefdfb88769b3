import type { RoleInput } from '../../../roles/role-input.ts'
import type { Built, Drafted } from '../../../roles/role-output.ts'
import { fitLines, toLine } from '../../../roles/lines.ts'
import type { Scaffold } from '../../../roles/scaffold/scaffold.ts'
import { isBare, writeScaffold } from '../../../roles/scaffold/write-scaffold.ts'
import type { Bench } from './bench.ts'
import { composeScaffold, planParts, type PlannedPart } from './compose-scaffold.ts'
import { prepare, type Prepared } from './prepare.ts'
import { listCriteria } from './success-criteria.ts'

const LONGEST_SUMMARY = 200
const LONGEST_DOCS = 3_500
const LONGEST_CASE = 480
const ROOM = { lines: 200, characters: 26_000, each: LONGEST_CASE }

/** The parts of one file; a model may have thought of others than the rules. */
export type PlanParts = (prepared: Prepared) => readonly PlannedPart[]

/** A role's input as it is for one of several targets. */
function forTarget(input: RoleInput, path: string): RoleInput {
  return { ...input, subject: { ...input.subject, target_paths: [path] } }
}

function summarise({ form, bench }: Prepared, { sections }: Scaffold): string {
  const parts = sections.length === 1 ? 'one part' : `${sections.length} parts`
  const what = bench.input.subject.deliverable || bench.input.subject.title
  return toLine(`${form.name} in ${parts} for: ${what}`, LONGEST_SUMMARY)
}

/** How each criterion is shown, then what is tried beyond it. */
function listTestCases(
  bench: Bench,
  scaffolds: readonly Scaffold[],
  shown: ReadonlyMap<string, string>,
): readonly string[] {
  const stubs = new Map(
    scaffolds.flatMap(({ code }) => (code?.tests ?? []).map(({ name, shows }) => [shows, name] as const)),
  )
  const criteria = bench.input.results.planning?.implementation_plan.success_criteria ?? listCriteria(bench)
  const planned = new Set(scaffolds.flatMap(({ code }) => code?.planned ?? []))
  const cases = criteria.map((criterion) => {
    const stub = stubs.get(criterion)
    const by = shown.get(criterion)
    const how = by === undefined ? '' : ` ${by}`
    if (stub !== undefined) return `${stub}: ${criterion}${how}`
    return `${planned.has(criterion) ? 'Test in words' : 'Look for it in the finished work'}: ${criterion}${how}`
  })
  const beyond =
    stubs.size + planned.size > 0
      ? [
          'Edge: the empty, the smallest and the largest input of each part.',
          'Error: an input that is wrong; what is told, and what stays as it was.',
          'Security: an input that is made to do harm; nothing of it is run or shown as markup.',
        ]
      : [
          'Edge: each count just at its limit, and one beyond it.',
          'Error: what is missing is named as missing, and not left out in silence.',
          'Security: no link, script or personal datum that the sources do not ask for.',
        ]
  return fitLines([...cases, ...beyond], ROOM, (count) => `And ${count} more, which the scaffold holds.`)
}

/** What is different since the work came back. */
function sayChanges({ input }: Bench, drafted: readonly Drafted[]): string | null {
  const { sent_back, files } = input
  if (sent_back === null) return null
  const before = new Map(files.map(({ path, body }) => [path, body]))
  const changed = drafted.filter(({ path, body }) => before.get(path) !== body).map(({ path }) => path)
  const where = changed.length === 0 ? 'no file' : changed.join(', ')
  const checks = sent_back.failed_checks.length
  const told =
    checks === 0
      ? 'The reason it came back stands at its head.'
      : `The reason it came back and ${checks === 1 ? 'the check' : `the ${checks} checks`} that failed stand at its head, as lines to tick.`
  return toLine(`Written anew after ${sent_back.from}: ${where}. ${told}`, LONGEST_DOCS)
}

/** Writes the scaffold of every target in the format of its file, with its test cases and how somebody says each is shown. */
export function buildScaffold(
  input: RoleInput,
  plan: PlanParts,
  by: 'rules' | 'model',
  shown: ReadonlyMap<string, string> = new Map(),
): Built {
  const made = input.subject.target_paths.map((path) => {
    const prepared = prepare(forTarget(input, path))
    const scaffold = composeScaffold(prepared, plan(prepared), by)
    const drafted = { path, body: writeScaffold(scaffold, path), summary: summarise(prepared, scaffold) }
    return { prepared, scaffold, drafted }
  })
  const { bench } = prepare(input)
  const files = made.map(({ drafted }) => drafted)
  const bare = files.some(({ path }) => isBare(path.slice(path.lastIndexOf('.') + 1)))
  const beside = bare
    ? ' The file holds names of columns alone: what is asked of it stands in the test cases.'
    : ''
  return {
    files,
    test_cases: listTestCases(
      bench,
      made.map(({ scaffold }) => scaffold),
      shown,
    ),
    docs: toLine(`${made[0]?.scaffold.use ?? ''}${beside}`, LONGEST_DOCS),
    changes: sayChanges(bench, files),
  }
}

/** Builds by rules the scaffold of what a task is to make. */
export function scaffoldOffline(input: RoleInput): Built {
  return buildScaffold(input, planParts, 'rules')
}
