import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

import { nameFolder } from '../../activities/masterplan/artefact-folder.ts'
import { Masterplan } from '../../contract/masterplans.ts'
import { findMasterplanFacts } from '../../db/read/masterplan-facts.ts'
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

/** Executes a plan with folders where some tasks would leave their file, then clears one and retries its task. */
export async function failSome(
  parts: Parts,
  { tasks, failing, artefactRoot }: { tasks: number; failing: readonly number[]; artefactRoot: string },
): Promise<Failed> {
  const { ground, waymark, deadline } = parts
  const obstacles: string[] = []
  const execution = await execute(parts, { tasks }, async (masterplan_id) => {
    const { slug } = await findMasterplanFacts(ground.db.read, masterplan_id)
    const { workspace_path } = nameFolder({ masterplan_id, slug })
    const plan = await read(parts, masterplan_id)
    for (const task of tasksOf(plan).filter(({ task_number }) => failing.includes(task_number)))
      obstacles.push(join(artefactRoot, workspace_path, task.target_files[0] ?? ''))
    for (const obstacle of obstacles) await mkdir(obstacle, { recursive: true })
  })
  const { masterplan_id, wall } = execution
  const plan = await read(parts, masterplan_id)
  const [failed] = tasksOf(plan).filter(({ status }) => status === 'failed')
  const [obstacle] = obstacles
  if (failed === undefined || obstacle === undefined) throw new BenchFailure('no task has failed')
  await rm(obstacle, { recursive: true })
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
