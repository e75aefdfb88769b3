import { sql } from 'kysely'

import { handoffWorkflowId } from '../../contract/ids.ts'
import type { Phase } from '../../contract/machines/handoff-machine.ts'
import { turn } from '../streams/read-stream.ts'
import { Build } from './build.ts'
import type { Rig } from './rig.ts'
import type { Student } from './student.ts'

/** Resolves once a phase of a build has been given its place: what is paused then comes to its end. */
export async function phaseBegun(rig: Rig, { id }: Build, phase: Phase): Promise<void> {
  const begun = rig.db.read
    .selectFrom('allocations')
    .innerJoin('processing_jobs as phase', 'phase.job_id', 'allocations.job_id')
    .select('phase.job_id')
    .where('phase.kind', '=', 'phase')
    .where('phase.stage', '=', phase)
    .where('phase.subject_id', '=', id)
  while ((await begun.executeTakeFirst()) === undefined) await turn()
}

/** Starts a build with autorun and does something while its first phase is at work: no role comes to an end before that. */
export async function workingBuild<R>(
  rig: Rig,
  student: Student,
  during: (build: Build) => Promise<R>,
): Promise<R> {
  return rig.db.write.transaction().execute(async (trx) => {
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx)
    // What the roles are given is read from here, once their phase holds its place.
    await sql`lock table handoff_files in access exclusive mode`.execute(trx)
    const build = await Build.start(student, { autorun: true })
    await phaseBegun(rig, build, 'discovery')
    return during(build)
  })
}

const DAY_SECONDS = 86_400

/** Whether the run of a build has nothing under way and waits for people: only then it looks for itself but once a day. */
export async function waitsForPeople({ temporal }: Rig, { id }: Build): Promise<boolean> {
  const run = temporal.workflow.getHandle(handoffWorkflowId(id))
  const { raw } = await run.describe()
  if ((raw.pendingActivities ?? []).length > 0 || raw.pendingWorkflowTask != null) return false
  const { events } = await run.fetchHistory()
  const timers = (events ?? []).flatMap(({ timerStartedEventAttributes: timer }) => timer ?? [])
  return Number(timers.at(-1)?.startToFireTimeout?.seconds) === DAY_SECONDS
}
