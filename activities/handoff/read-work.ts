import { cameBack } from '../../contract/handoff/past.ts'
import { PHASES } from '../../contract/machines/handoff-machine.ts'
import { PHASE_RESULTS, type PhaseResults } from '../../contract/phase-results.ts'
import { findMasterplanFacts, findTask } from '../../db/read/masterplan-facts.ts'
import { findNewestFiles, findSentBack, type SentBackMove } from '../../db/read/handoff-work.ts'
import { listPast, listStanding, type ResultRow } from '../../db/read/handoffs.ts'
import type { HandoffRow } from '../../db/write/handoff/handoff-rows.ts'
import type { ActivityDeps } from '../deps.ts'
import { readRequest } from '../roles/read-request.ts'
import { readTaskInput, type GivenInput } from '../masterplan/read-task-input.ts'
import type { Artefact, RoleInput, SentBack } from '../roles/role-input.ts'

const LONGEST_REASON = 500

/** What a build is about: the task it works at, or what was asked for through the API. */
async function readGiven(deps: ActivityDeps, handoff: HandoffRow): Promise<GivenInput> {
  const { masterplan_id, task_id, build_id, requirements } = handoff
  if (masterplan_id === null || task_id === null)
    return { ...readRequest({ build_id, requirements }), earlier: [] }
  const plan = await findMasterplanFacts(deps.db.read, masterplan_id)
  return readTaskInput(deps, { plan, task: await findTask(deps.db.read, { masterplan_id, task_id }) })
}

function resultsOf(standing: readonly ResultRow[]): PhaseResults {
  const read = PHASES.flatMap((phase) => {
    const row = standing.find(({ state }) => state === phase)
    return row === undefined ? [] : [[phase, PHASE_RESULTS[phase].parse(row.body)] as const]
  })
  return Object.fromEntries(read) as PhaseResults
}

/** Why work came back, in the words of the verdict or of whoever asked. */
export function readSentBack({ from_state, notes, result }: SentBackMove): SentBack {
  const tested = PHASE_RESULTS.testing.safeParse(result).data
  const judged = PHASE_RESULTS.verification.safeParse(result).data
  const failed = (tested?.test_results ?? []).filter(({ passed }) => !passed)
  const blockers = judged?.verification_report.readiness ?? []
  return {
    from: from_state === 'verification' ? 'verification' : 'testing',
    reason: notes === '' ? 'The work was sent back.' : notes.slice(0, LONGEST_REASON),
    failed_checks: [
      ...failed.map(({ criterion: check, note }) => ({ check, note })),
      ...blockers.map((note) => ({ check: 'readiness', note })),
    ],
  }
}

/** Everything the roles are given of a build as it stands now. */
export async function readWork(deps: ActivityDeps, handoff: HandoffRow, attempt: number): Promise<RoleInput> {
  const { read } = deps.db
  const { workflow_id } = handoff
  const given = await readGiven(deps, handoff)
  const { files: rows, result } = await findNewestFiles(read, workflow_id)
  const code = PHASE_RESULTS.implementation.safeParse(result).data?.code ?? []
  const files: readonly Artefact[] = rows.map(({ path, body, sha256 }) => {
    const summary = code.find((each) => each.path === path)?.summary ?? path
    return { path, body, sha256, summary }
  })
  const past = await listPast(read, workflow_id)
  const back = cameBack(past) ? await findSentBack(read, workflow_id) : undefined
  return {
    ...given,
    results: resultsOf(await listStanding(read, workflow_id)),
    files,
    sent_back: back === undefined ? null : readSentBack(back),
    attempt,
  }
}
