import { expect } from 'vitest'

import { StreamEvent } from '../../contract/events.ts'
import { PLAN_STAGES } from '../../contract/stages.ts'
import type { Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { turn } from '../streams/read-stream.ts'

/** The kinds of artefact in the order the stages store them. */
export const ARTEFACTS = [
  'canvas_context',
  'documents',
  'requirements',
  'draft',
  'verification',
  'plan',
  'evidence',
]

/** Checks what holds for every stream whatever happened: no gap, nothing twice, progress never falls inside a job. */
export function expectSoundStream(events: readonly StreamEvent[]): void {
  for (const event of events) expect(StreamEvent.safeParse(event).error).toBeUndefined()
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  const progress = new Map<string, number>()
  for (const event of events) {
    expect(event.progress).toBeGreaterThanOrEqual(progress.get(event.job_id) ?? 0)
    progress.set(event.job_id, event.progress)
  }
}

/** Checks that the last generation on a stream finished each stage once, in order, and ended in one plan. */
export function expectOnePlan(events: readonly StreamEvent[]): void {
  expectSoundStream(events)
  const own = events.filter(({ generation }) => generation === events.at(-1)?.generation)
  const done = own.filter(({ event_type }) => event_type === 'stage_completed')
  expect(done.map(({ stage }) => stage)).toEqual(PLAN_STAGES)
  expect(own.filter(({ event_type }) => event_type === 'plan_ready')).toHaveLength(1)
  expect(events.at(-1)?.event_type).toBe('plan_ready')
}

/** The tries of a stage that said they began. */
export function startsOf(events: readonly StreamEvent[], stage: StreamEvent['stage']): number {
  return events.filter((event) => event.stage === stage && event.event_type === 'stage_started').length
}

/** The failure at the end of a run, as the snapshot tells it. */
export async function failureOf(student: Student, assignment: string) {
  await student.finished(assignment)
  const { status, last_error } = await student.snapshot(assignment)
  if (status !== 'failed' || last_error === null) throw new Error(`the run is ${status}`)
  return last_error
}

/** Kinds of the artefacts of a workspace, oldest first, one entry a row. */
export async function artefactsOf(rig: Rig, workspace_id: string): Promise<string[]> {
  const rows = await rig.db.read
    .selectFrom('artefacts')
    .select('kind')
    .where('workspace_id', '=', workspace_id)
    .orderBy('generation')
    .execute()
  return rows.map(({ kind }) => kind).sort((a, b) => ARTEFACTS.indexOf(a) - ARTEFACTS.indexOf(b))
}

/** Status and attempt of the plan jobs of a workspace, oldest first. */
export async function planJobsOf(rig: Rig, workspace_id: string) {
  return rig.db.read
    .selectFrom('processing_jobs')
    .select(['job_id', 'status', 'attempt', 'generation', 'superseded'])
    .where('workspace_id', '=', workspace_id)
    .where('kind', '=', 'plan')
    .orderBy('created_at')
    .execute()
}

/** The Temporal workflow id of a student's assignment. */
export function runIdOf({ user_id }: Student, assignment: string): string {
  return `assignment:${user_id}:${assignment.replace('/', ':')}`
}

/** How many executions Temporal has had under a workflow id; its list lags behind, so at least one is waited for. */
export async function executionsOf(rig: Rig, workflowId: string): Promise<number> {
  for (;;) {
    const { count } = await rig.temporal.workflow.count(`WorkflowId = '${workflowId}'`)
    if (count > 0) return count
    await turn()
  }
}
