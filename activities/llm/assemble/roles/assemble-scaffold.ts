import { createArtefactGuard } from '../../../roles/guard/guard-artefact.ts'
import { knownWords } from '../../../roles/guard/known-words.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import type { Built } from '../../../roles/role-output.ts'
import { buildScaffold } from '../../offline/roles/build-scaffold.ts'
import { findSyntaxFault } from '../../offline/roles/checks/find-syntax-fault.ts'
import { planParts, type PlannedPart } from '../../offline/roles/compose-scaffold.ts'
import { prepare } from '../../offline/roles/prepare.ts'
import type { ScaffoldAnswer } from '../../prompts/code-writer/1.0.0.ts'
import { nameItems } from '../../prompts/render-role.ts'
import type { Assembled } from '../../providers/ask-model.ts'
import { readPart } from './read-parts.ts'
import { createRoleBench, type RoleBench } from './role-bench.ts'
import { issuesOf, keep, refuse, sift, type Sifted } from './sift.ts'

const MOST_ISSUES = 12
const MOST_CASE_WORDS = 35
const MOST_CHANGE_WORDS = 80

type FileAnswer = ScaffoldAnswer['files'][number]

/** Which paths are missing, and which were not asked for. */
function checkPaths({ files }: ScaffoldAnswer, { subject }: RoleInput): readonly string[] {
  const given = files.map(({ path }) => path)
  const targets: readonly string[] = subject.target_paths
  return [
    ...targets.filter((path) => !given.includes(path)).map((path) => `files: there is none for ${path}`),
    ...given.filter((path) => !targets.includes(path)).map(() => 'files: a path is none of target_paths'),
    ...(new Set(given).size < given.length ? ['files: a path stands there twice'] : []),
  ]
}

interface ReadFile {
  readonly parts: readonly PlannedPart[]
  readonly missing: readonly string[]
  readonly sifted: readonly Sifted<string>[]
}

/** The planned parts of a file, each with the model's questions; a part it leaves out is to be asked for again. */
function readFile(file: FileAnswer, planned: readonly PlannedPart[], bench: RoleBench): ReadFile {
  const byName = new Map(file.parts.map((part) => [part.name.trim().toLowerCase(), part]))
  const read = planned.map((plan) => {
    const answer = byName.get(plan.name.toLowerCase())
    return answer === undefined ? null : readPart(plan.name, answer, plan, bench)
  })
  return {
    parts: read.map((each, index) => each?.part ?? planned[index]).filter((each) => each !== undefined),
    missing: planned
      .filter((_, index) => read[index] === null)
      .map(({ name }) => `parts: there is none for “${name}”`),
    sifted: read.flatMap((each) => each?.sifted ?? []),
  }
}

/** The rules' test cases with the model's words for those criteria it says something usable of. */
function readCases(
  answer: ScaffoldAnswer,
  input: RoleInput,
  { refusalOf }: RoleBench,
): { readonly shown: ReadonlyMap<string, string>; readonly sifted: Sifted<readonly [string, string]> } {
  const criteria = nameItems('C', input.results.planning?.implementation_plan.success_criteria ?? [])
  const sifted = sift('test_cases', answer.test_cases, criteria.size, ({ criterion, shown_by }) => {
    const text = criteria.get(criterion.trim())
    const why = refusalOf(shown_by, MOST_CASE_WORDS)
    if (text === undefined) return refuse('it names no criterion')
    return why === null ? keep([text, shown_by.trim()] as const) : refuse(why)
  })
  return { shown: new Map(sifted.kept), sifted }
}

/** What stands against the files as they are written; nothing where they may be kept. */
function findFaults({ files }: Built, input: RoleInput): readonly string[] {
  const guard = createArtefactGuard(knownWords(input))
  return files.flatMap(({ path, body }) => {
    const fault = findSyntaxFault(path, body)
    const breaches = guard(path, body).map(({ text, why }) => `${path}: “${text}”: ${why}`)
    return fault === null ? breaches : [`${path}: ${fault}`, ...breaches]
  })
}

/**
 * Makes the scaffold from a model's questions and labels: files, shares, demands, criteria and names are written by
 * code, so that nothing of the work can come in. Another path, a missing part, or words that may not stand there are
 * told; where most of an answer cannot be used, it is refused.
 */
export function assembleScaffold(answer: ScaffoldAnswer, input: RoleInput): Assembled<Built> {
  const wrong = checkPaths(answer, input)
  if (wrong.length > 0) return { ok: false, issues: wrong }
  const bench = createRoleBench(input)
  const files = new Map(
    answer.files.map((file) => {
      const subject = { ...input.subject, target_paths: [file.path] as const }
      return [file.path, readFile(file, planParts(prepare({ ...input, subject })), bench)] as const
    }),
  )
  const read = [...files.values()]
  const cases = readCases(answer, input, bench)
  const missing = read.flatMap((file) => file.missing)
  const issues = issuesOf([...read.flatMap(({ sifted }) => sifted), cases.sifted])
  if (missing.length > 0 || issues !== null)
    return { ok: false, issues: [...missing, ...(issues ?? [])].slice(0, MOST_ISSUES) }
  const built = buildScaffold(
    input,
    (prepared) => files.get(prepared.bench.input.subject.target_paths[0])?.parts ?? planParts(prepared),
    'model',
    cases.shown,
  )
  const faults = findFaults(built, input)
  if (faults.length > 0) return { ok: false, issues: faults.slice(0, MOST_ISSUES) }
  const { changes } = built
  const told = bench.refusalOf(answer.changes, MOST_CHANGE_WORDS) === null ? answer.changes.trim() : ''
  return {
    ok: true,
    output: { ...built, changes: changes === null ? null : [told, changes].filter(Boolean).join(' ') },
  }
}
