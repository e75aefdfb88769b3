import type { Judgement } from '../../contract/handoff/verdict.ts'
import { PHASES, type Phase, type WorkingState } from '../../contract/machines/handoff-machine.ts'
import { PHASE_RESULTS, type PhaseResults } from '../../contract/phase-results.ts'
import { toSlug } from '../../contract/slug.ts'
import type { HandoffRow } from '../../db/write/handoff/handoff-rows.ts'
import type { StateEnd } from '../../db/write/handoff/work-steps.ts'
import { provenanceOf } from '../ask-model.ts'
import { sha256Of } from '../artefacts/artefact-root.ts'
import type { ActivityDeps } from '../deps.ts'
import type { ModelReply, ModelStep } from '../llm/port.ts'
import { acceptHandoff } from '../roles/accept-handoff.ts'
import { toLine } from '../roles/lines.ts'
import type { RoleInput } from '../roles/role-input.ts'
import { workPhase, type AskRole, type WorkedPhase } from '../roles/work-phase.ts'
import { judgeRelease, workRelease, type ReadBack } from '../roles/work-release.ts'

type HandoffOnly = Exclude<WorkingState, Phase>

const LONGEST_WORDS = 300
const HEX_IN_NAME = 8
const LONGEST_SLUG = 60

/** Where the files of a build go inside the artefact root: into the folder of its masterplan, or one of its own. */
export function folderOf({ workspace_path, workflow_id, build_id }: HandoffRow): string {
  if (workspace_path !== null) return workspace_path
  const slug = toSlug(build_id).slice(0, LONGEST_SLUG).replace(/-+$/, '')
  return `workflow_${slug || 'build'}_${workflow_id.slice(0, HEX_IN_NAME)}`
}

interface Ended {
  readonly result: Judgement
  readonly reply: ModelReply<ModelStep> | null
}

function endOf(deps: ActivityDeps, { result, reply }: Ended, more: Partial<StateEnd> = {}): StateEnd {
  const provenance = reply === null ? {} : { provenance: provenanceOf(deps, reply) }
  return { result, ...provenance, files: [], words: null, code: 'MODEL_OUTPUT_INVALID', ...more }
}

/** Why a phase sends the work back; null where it does not. */
function wordsOf(result: Judgement): string | null {
  const tested = PHASE_RESULTS.testing.safeParse(result).data
  const failed = (tested?.test_results ?? []).filter(({ passed }) => !passed)
  if (tested?.passed === false) {
    const [first] = failed
    if (first === undefined) return `Only ${tested.test_coverage} % is tested.`
    const more = failed.length > 1 ? ` (and ${failed.length - 1} more)` : ''
    return toLine(`${first.criterion}: ${first.note}`, LONGEST_WORDS - more.length) + more
  }
  const judged = PHASE_RESULTS.verification.safeParse(result).data
  if (judged?.approved_for_deployment !== false) return null
  return toLine(judged.verification_report.readiness.join(' '), LONGEST_WORDS)
}

async function readBack(deps: ActivityDeps, folder: string, path: string): Promise<ReadBack> {
  const bytes = await deps.artefacts.read(folder, path)
  return { path, sha256: sha256Of(bytes), bytes: bytes.length }
}

/** Writes the files that were approved, each whole or not at all, and judges them by what is read back. */
async function release(deps: ActivityDeps, work: RoleWork): Promise<StateEnd> {
  const { input, ask, handoff, signal } = work
  const released = await workRelease(input, ask)
  const { reply } = released
  if (released.kind === 'held') return endOf(deps, { result: released.result, reply })
  signal.throwIfAborted()
  const workspace_path = folderOf(handoff)
  await deps.artefacts.prepare(workspace_path)
  const found: ReadBack[] = []
  for (const { path, body } of released.files) {
    await deps.artefacts.write(workspace_path, path, body)
    found.push(await readBack(deps, workspace_path, path))
  }
  const result = judgeRelease(released, found, deps.now().toISOString())
  const words = result.smoke_test.passed ? null : result.smoke_test.note
  return endOf(deps, { result, reply }, { workspace_path, words, code: 'RETRIES_EXHAUSTED' })
}

export interface RoleWork {
  readonly state: WorkingState
  readonly handoff: HandoffRow
  readonly input: RoleInput
  readonly ask: AskRole
  /** Aborted when nobody wants the work any more. */
  readonly signal: AbortSignal
}

export interface WorkedState {
  readonly ended: StateEnd
  /** What the receiver says of the hand-off that follows. */
  readonly accept: (state: HandoffOnly) => StateEnd
}

const isWorked = (phase: Phase): phase is WorkedPhase => phase !== 'deployment'

/** Has the role whose turn it is work a state. Throws RunFailure. */
export async function workRole(deps: ActivityDeps, work: RoleWork): Promise<WorkedState> {
  const { state, input, ask } = work
  const acceptFrom = (seen: RoleInput) => (handoff: HandoffOnly) =>
    endOf(deps, { result: { ...acceptHandoff(handoff, seen) }, reply: null })
  const phase = PHASES.find((each) => each === state)
  if (phase === undefined)
    return { ended: acceptFrom(input)(state as HandoffOnly), accept: acceptFrom(input) }
  if (!isWorked(phase)) return { ended: await release(deps, work), accept: acceptFrom(input) }
  const { result, files, reply } = await workPhase(phase, input, ask)
  const results: PhaseResults = { ...input.results, [phase]: result }
  const judged: Judgement = { ...result }
  const ended = endOf(deps, { result: judged, reply }, { files, words: wordsOf(judged) })
  return { ended, accept: acceptFrom({ ...input, results, files: files.length > 0 ? files : input.files }) }
}
