import type { Transaction } from 'kysely'

import type { AssignmentKey } from '../../contract/ids.ts'
import type { WorkspaceState } from '../../contract/machines.ts'
import { markPlan, type Mark, type MarkChange, type Marked, type Marking } from '../../contract/mark-plan.ts'
import type { MarkState, PlanProgress } from '../../contract/marks.ts'
import { Plan } from '../../contract/plan.ts'
import type { WriteDb } from '../open.ts'
import { findArtefact } from '../read/artefacts.ts'
import { listMarks, progressVersion, type KeptMark } from '../read/marks.ts'
import type { Database } from '../schema.ts'
import { appendEvents, newEvent, wakeHubs, type NewEvent } from '../write/events.ts'
import type { FencedWorkspace } from '../write/fence.ts'

export interface MarkIntent extends AssignmentKey {
  readonly asked: Marked
  /** Versions of the progress on which the mark may be made; null when any will do. */
  readonly expected: readonly string[] | null
  readonly request_id: string | null
}

/** `absent` means the workspace, `unknown` the milestone or task; nothing is written unless it is `marked`. */
export type MarkOutcome =
  | { readonly outcome: 'marked'; readonly progress: PlanProgress }
  | { readonly outcome: 'absent' | 'unknown' | 'stale' }
  | { readonly outcome: 'not_ready'; readonly status: WorkspaceState }

const SAID: { readonly [State in MarkState]: string } = {
  todo: 'is to do again',
  doing: 'is under way',
  done: 'is done',
}

function wordChange({ task_id, title, state, done_tasks, total_tasks }: MarkChange): string {
  const what = task_id === null ? 'Milestone' : 'Task'
  return `${what} “${title}” ${SAID[state]}: ${done_tasks} of ${total_tasks} tasks done.`
}

function toEvent(workspace: FencedWorkspace, { title, ...payload }: MarkChange, key: string): NewEvent {
  const { workspace_id, job_id, generation, stage, progress } = workspace
  const message = wordChange({ title, ...payload })
  // There is a plan only once its job is completed, so this is where that job stands.
  const run = { workspace_id, job_id, generation, stage, status: 'completed', progress } as const
  return newEvent('mark_changed', payload, { stream: 'assignment', ...run, message }, key)
}

async function keepMarks(
  trx: Transaction<Database>,
  marks: readonly Mark[],
  from: { readonly workspace_id: string; readonly generation: number; readonly request_id: string | null },
): Promise<void> {
  await trx
    .insertInto('marks')
    .values(marks.map((mark) => ({ ...mark, ...from })))
    .onConflict((clash) =>
      clash.columns(['workspace_id', 'kind', 'id']).doUpdateSet((row) => ({
        state: row.ref('excluded.state'),
        generation: row.ref('excluded.generation'),
        version: row.ref('excluded.version'),
        request_id: row.ref('excluded.request_id'),
        updated_at: row.ref('excluded.updated_at'),
      })),
    )
    .execute()
}

/** The row that a reprocess locks too: a mark is made on the plan there is, or on none. */
async function lockWorkspace(
  trx: Transaction<Database>,
  { user_id, course_id, assignment_id }: AssignmentKey,
): Promise<FencedWorkspace | undefined> {
  return trx
    .selectFrom('assignment_workspaces')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('course_id', '=', course_id)
    .where('assignment_id', '=', assignment_id)
    .forUpdate()
    .executeTakeFirst()
}

type Decision = { readonly outcome: 'unknown' | 'stale' } | { readonly outcome: 'marked'; marking: Marking }

function decide(
  plan: Plan,
  kept: readonly KeptMark[],
  generation: number,
  { asked, expected, request_id }: MarkIntent,
): Decision {
  const marking = markPlan(plan, kept, asked, { generation, at: new Date() })
  if (marking === undefined) return { outcome: 'unknown' }
  const { before } = marking
  const own = kept.find(({ kind, id }) => kind === asked.kind && id === asked.id)
  // The first answer may have been lost although the mark was made.
  const isRepeated = request_id !== null && own?.request_id === request_id && own.state === asked.state
  if (isRepeated)
    return { outcome: 'marked', marking: { ...marking, marks: [], changes: [], progress: before } }
  const isStale = expected !== null && !expected.includes(progressVersion(before))
  return isStale ? { outcome: 'stale' } : { outcome: 'marked', marking }
}

interface Written {
  readonly workspace_id: string
  readonly seq: number
}

async function markUnderLock(
  trx: Transaction<Database>,
  intent: MarkIntent,
): Promise<MarkOutcome & { readonly written?: Written }> {
  const workspace = await lockWorkspace(trx, intent)
  if (workspace === undefined) return { outcome: 'absent' }
  const { workspace_id, generation, status } = workspace
  const stored = await findArtefact(trx, workspace, 'plan')
  if (stored === undefined) return { outcome: 'not_ready', status }
  const kept = await listMarks(trx, workspace_id)
  const decision = decide(Plan.parse(stored.body), kept, generation, intent)
  if (decision.outcome !== 'marked') return decision
  const { marks, changes, progress } = decision.marking
  if (changes.length === 0) return { outcome: 'marked', progress }
  await keepMarks(trx, marks, { workspace_id, generation, request_id: intent.request_id })
  const events = changes.map((change, index) =>
    toEvent(workspace, change, `mark:${progress.version}:${index}`),
  )
  const seq = await appendEvents(trx, workspace_id, events)
  return { outcome: 'marked', progress, written: { workspace_id, seq } }
}

/** Marks a milestone or task of the plan there is: marks and events in one transaction, one after another per workspace. */
export async function keepMark(db: WriteDb, intent: MarkIntent): Promise<MarkOutcome> {
  const { written, ...outcome } = await db.transaction().execute((trx) => markUnderLock(trx, intent))
  if (written !== undefined) await wakeHubs(db, written.workspace_id, written.seq)
  return outcome
}
