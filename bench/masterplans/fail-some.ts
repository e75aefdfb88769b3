import { sql } from 'kysely'
import { z } from 'zod'

import { Masterplan } from '../../contract/masterplans.ts'
import { BenchFailure } from '../ground/bench-failure.ts'
import { execute, isEnd, type Parts } from './execute.ts'
import { follow, post } from './follow.ts'

const Retried = z.object({ reopened_tasks: z.array(z.string()) })

/** An execution some of whose tasks could not leave their file, and what the retry of one of them came to. */
export interface Failed {
  /** Tasks that completed, failed and were blocked. */
  readonly counts: readonly number[]
  readonly wall: number
  readonly reopened: number
  /** Milliseconds from the retry to its answer, and until the plan was over again. */
  readonly accepted: number
  readonly done: number
}

async function read({ waymark: { student } }: Parts, masterplan_id: string): Promise<Masterplan> {
  const answer = await fetch(`${student.origin}/masterplans/${masterplan_id}`, { headers: student.headers })
  return Masterplan.parse(await answer.json())
}

const tasksOf = ({ phases }: Masterplan) =>
  phases.flatMap(({ milestones }) => milestones.flatMap(({ tasks }) => tasks))

/** A place that nothing is ever written to. */
const NOWHERE = '../nowhere.md'

/** Executes a plan some of whose tasks cannot leave their file, then lets the first of them leave it and retries that. */
export async function failSome(
  parts: Parts,
  { tasks, failing }: { tasks: number; failing: readonly number[] },
): Promise<Failed> {
  const { ground, waymark, deadline } = parts
  const aim = (masterplan_id: string, numbers: readonly number[], path: string) =>
    sql`update masterplan_tasks set target_files = array[${path}]::text[]
      where masterplan_id = ${masterplan_id} and task_number in (${sql.join(numbers)})`.execute(
      ground.db.write,
    )
  const execution = await execute(parts, { tasks }, async (masterplan_id) => {
    await aim(masterplan_id, failing, NOWHERE)
  })
  const { masterplan_id, wall } = execution
  const plan = await read(parts, masterplan_id)
  const [failed] = tasksOf(plan).filter(({ status }) => status === 'failed')
  if (failed === undefined) throw new BenchFailure('no task has failed')
  await aim(masterplan_id, [failed.task_number], 'somewhere.md')
  const sent = performance.timeOrigin + performance.now()
  const path = `/masterplans/${masterplan_id}/tasks/${failed.task_id}/retry`
  const { reopened_tasks } = Retried.parse(await post(waymark.student, path))
  const accepted = performance.timeOrigin + performance.now() - sent
  const isOverAgain = (event: Parameters<typeof isEnd>[0]): boolean =>
    isEnd(event) && Date.parse(event.timestamp) >= sent
  const seen = await follow(waymark.student, masterplan_id, isOverAgain, deadline)
  return {
    counts: [plan.completed_tasks, plan.failed_tasks, plan.blocked_tasks],
    wall,
    reopened: reopened_tasks.length,
    accepted,
    done: (seen.at(-1)?.at ?? Number.NaN) - sent,
  }
}
