import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { DerivedMasterplan, DerivedTask, PhaseType } from '../../contract/masterplan/derived-plan.ts'
import type { Distilled } from '../../contract/requirements.ts'
import { nameFolder } from '../../activities/masterplan/artefact-folder.ts'
import { createWorkspace, raiseGeneration } from '../../db/intents/workspaces.ts'
import { finishRun } from '../../db/write/run-ends.ts'
import { beginStage } from '../../db/write/stages.ts'
import { planOf } from '../ready-plan.ts'
import type { Rig } from './rig.ts'
import type { Student } from './student.ts'

/** Where masterplans are written to, and the folder below which their artefacts lie. */
export type Ground = Pick<Rig, 'db' | 'folder'>
export type Owner = Pick<Student, 'user_id'>

/** What a task of a made-up masterplan waits for, by number; the tasks are numbered from 1. */
export type Waits = readonly (readonly number[])[]

/** So many tasks that wait for nothing. */
export const independent = (count: number): Waits => Array.from({ length: count }, () => [])

const TASKS_PER_MILESTONE = 10
const slugOf = (task_number: number): string => `task-${task_number}`

function toTask(waits: Waits, index: number, making: ReadonlySet<number>): DerivedTask {
  const task_number = index + 1
  return {
    task_number,
    slug: slugOf(task_number),
    name: `Step ${task_number}`,
    description: `What is done in step ${task_number}.`,
    task_type: 'work',
    complexity: 'low',
    estimated_minutes: 30,
    // Nothing to hand over: the task is one step, unless it is one of those that make something.
    deliverable: making.has(task_number) ? `The notes of step ${task_number}` : '',
    depends_on_tasks: (waits[index] ?? []).map(slugOf),
    blocks_tasks: waits.flatMap((own, other) => (own.includes(task_number) ? [slugOf(other + 1)] : [])),
    target_files: [`${String(task_number).padStart(2, '0')}-step.md`],
    validation: [{ of: 'done_definition', text: `Step ${task_number} is done.` }],
  }
}

/** A masterplan of tasks that wait for each other as told: one to set up, one to polish where there are three, core between. */
export function sketchMasterplan(waits: Waits, making: ReadonlySet<number> = new Set()): DerivedMasterplan {
  const tasks = waits.map((_, index) => toTask(waits, index, making))
  const last = tasks.length > 2 ? tasks.length - 1 : tasks.length
  const parts: readonly (readonly [PhaseType, readonly DerivedTask[]])[] = [
    ['setup', tasks.slice(0, 1)],
    ['core', tasks.slice(1, last)],
    ['polish', tasks.slice(last)],
  ]
  let milestones = 0
  const phases = parts.map(([phase_type, own], index) => {
    const groups = Math.ceil(own.length / TASKS_PER_MILESTONE)
    return {
      phase_type,
      phase_number: index + 1,
      name: phase_type,
      description: '',
      milestones: Array.from({ length: groups }, (_, group) => {
        const milestone_number = ++milestones
        return {
          milestone_number,
          slug: `milestone-${milestone_number}`,
          name: `Part ${milestone_number}`,
          description: '',
          depends_on_milestones: [],
          tasks: own.slice(group * TASKS_PER_MILESTONE, (group + 1) * TASKS_PER_MILESTONE),
        }
      }),
    }
  })
  const estimated_minutes = 30 * tasks.length
  return { slug: 'made-up', project_name: 'Made up', description: 'For a test.', estimated_minutes, phases }
}

/** A draft that was written as a planning run writes it, without Canvas, and where its tasks are. */
export class SketchedPlan {
  readonly masterplan_id: string
  readonly workspace_id: string
  readonly assignment: string
  readonly discovery_id: string
  /** The ids of the tasks by number: the first one is task 1. */
  readonly task_ids: readonly string[]
  readonly #folder: string

  constructor(
    { folder }: Ground,
    plan: Pick<SketchedPlan, 'masterplan_id' | 'workspace_id' | 'assignment' | 'discovery_id' | 'task_ids'>,
  ) {
    this.#folder = folder
    this.masterplan_id = plan.masterplan_id
    this.workspace_id = plan.workspace_id
    this.assignment = plan.assignment
    this.discovery_id = plan.discovery_id
    this.task_ids = plan.task_ids
  }

  /** The id of a task by its number. */
  task(number: number): string {
    const id = this.task_ids[number - 1]
    if (id === undefined) throw new Error(`there is no task ${number}`)
    return id
  }

  #obstacle(number: number): string {
    const folder = nameFolder({ masterplan_id: this.masterplan_id, slug: 'made-up' })
    return join(
      this.#folder,
      'artefacts',
      folder.workspace_path,
      `${String(number).padStart(2, '0')}-step.md`,
    )
  }

  /** Puts a folder where the file of a task is to lie: the task cannot leave it there, however often it tries. */
  async obstruct(...numbers: readonly number[]): Promise<void> {
    for (const number of numbers) await mkdir(this.#obstacle(number), { recursive: true })
  }

  /** Takes the obstacle away: the next try at the task succeeds. */
  async clear(...numbers: readonly number[]): Promise<void> {
    for (const number of numbers) await rm(this.#obstacle(number), { recursive: true })
  }
}

const DISTILLED: Distilled = {
  genre: 'essay',
  objective: 'To argue.',
  requirements: [],
  dates: [],
  ai_policy: { level: null, evidence: [] },
  suspicious: [],
  open_questions: [],
}

/** The tenant of a student's account. */
export async function tenantOf({ db }: Pick<Ground, 'db'>, { user_id }: Owner): Promise<string> {
  const account = await db.read
    .selectFrom('accounts')
    .select('tenant_id')
    .where('user_id', '=', user_id)
    .executeTakeFirstOrThrow()
  return account.tenant_id
}

/** Has the assignment of a plan planned anew, as the API does, without Canvas. */
export async function planAnew(ground: Ground, student: Owner, { assignment }: SketchedPlan) {
  const [course_id = '', assignment_id = ''] = assignment.split('/')
  const owner = { user_id: student.user_id, tenant_id: await tenantOf(ground, student) }
  return raiseGeneration(ground.db.write, { ...owner, course_id, assignment_id, request_id: null })
}

/** Has the newest planning run of a workspace end with a draft, as its last stage does. */
export async function draftAnew(
  { db }: Ground,
  { workspace_id }: Pick<SketchedPlan, 'workspace_id'>,
  waits: Waits,
  making: ReadonlySet<number> = new Set(),
): Promise<void> {
  const { generation, job_id } = await db.read
    .selectFrom('assignment_workspaces')
    .select(['generation', 'job_id'])
    .where('workspace_id', '=', workspace_id)
    .executeTakeFirstOrThrow()
  const step = { workspace_id, generation, job_id, stage: 'finalize_plan', attempt: 1 } as const
  await beginStage(db.write, step)
  await finishRun(db.write, step, {
    artefacts: [
      { kind: 'requirements', body: DISTILLED },
      { kind: 'plan', body: planOf({ one: ['first'], two: ['second', 'third'] }) },
    ],
    masterplan: { derived: sketchMasterplan(waits, making), genre: 'essay', session_id: null },
    duration_ms: 1,
  })
}

let assignments = 0

/** Writes a draft of a masterplan for a student, as the last stage of a planning run does; some of its tasks make something. */
export async function sketchPlan(
  rig: Ground,
  student: Owner,
  waits: Waits,
  making: ReadonlySet<number> = new Set(),
): Promise<SketchedPlan> {
  const { user_id } = student
  const tenant_id = await tenantOf(rig, student)
  const [course_id, assignment_id] = ['9', String(++assignments)]
  const intent = { user_id, tenant_id, course_id, assignment_id, request_id: null }
  await createWorkspace(rig.db.write, intent)
  const { workspace_id } = await rig.db.read
    .selectFrom('assignment_workspaces')
    .select('workspace_id')
    .where('user_id', '=', user_id)
    .where('course_id', '=', course_id)
    .where('assignment_id', '=', assignment_id)
    .executeTakeFirstOrThrow()
  await draftAnew(rig, { workspace_id }, waits, making)
  const tasks = await rig.db.read
    .selectFrom('masterplan_tasks as task')
    .innerJoin('masterplans as plan', 'plan.masterplan_id', 'task.masterplan_id')
    .select('task.task_id')
    .where('plan.workspace_id', '=', workspace_id)
    .orderBy('task_number')
    .execute()
  const { masterplan_id, discovery_id } = await rig.db.read
    .selectFrom('masterplans')
    .select(['masterplan_id', 'discovery_id'])
    .where('workspace_id', '=', workspace_id)
    .executeTakeFirstOrThrow()
  const assignment = `${course_id}/${assignment_id}`
  return new SketchedPlan(rig, {
    masterplan_id,
    workspace_id,
    assignment,
    discovery_id,
    task_ids: tasks.map(({ task_id }) => task_id),
  })
}
