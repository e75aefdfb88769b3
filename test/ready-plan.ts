import { createWorkspace, raiseGeneration, type StartIntent } from '../db/intents/workspaces.ts'
import { Plan } from '../contract/plan.ts'
import type { WriteDb } from '../db/open.ts'
import { finishRun, parkRun } from '../db/write/run-ends.ts'
import type { StageTry } from '../db/write/run-steps.ts'
import { beginStage } from '../db/write/stages.ts'
import type { Member } from './serve-api.ts'

/** A plan made up of milestones, each with the ids of its tasks. */
export function planOf(milestones: Readonly<Record<string, readonly string[]>>): Plan {
  const toTask = (id: string) => ({
    id,
    title: `Task ${id}`,
    description: 'Do it.',
    deliverable: '',
    done_definition: 'It is done.',
    estimated_effort: '30m',
    depends_on: [],
  })
  const toMilestone = ([id, tasks]: readonly [string, readonly string[]], index: number) => ({
    id,
    title: `Milestone ${id}`,
    purpose: 'To get on.',
    acceptance_criteria: [],
    due_strategy: 'Soon.',
    order: index + 1,
    tasks: tasks.map(toTask),
  })
  return Plan.parse({
    assignment_summary: {
      title: 'Essay',
      objective: 'To argue.',
      success_definition: 'It is argued.',
      hard_constraints: [],
      grading_signals: [],
    },
    milestones: Object.entries(milestones).map(toMilestone),
    risks: [],
    submission_strategy: { final_checklist: [], quality_bar: 'Good.', common_failure_modes: [] },
  })
}

/** One student's assignment, whose runs are written as the activities write them, without Canvas and Temporal. */
export class PlannedAssignment {
  readonly intent: StartIntent
  readonly #db: WriteDb

  constructor(db: WriteDb, { user_id, workspace_id: tenant_id }: Member, assignment_id: string) {
    this.#db = db
    this.intent = { user_id, tenant_id, course_id: '1', assignment_id, request_id: null }
  }

  get path(): string {
    return `/assignments/${this.intent.course_id}/${this.intent.assignment_id}`
  }

  async start(): Promise<void> {
    await createWorkspace(this.#db, this.intent)
  }

  async reprocess(): Promise<void> {
    await raiseGeneration(this.#db, this.intent)
  }

  async workspace() {
    return this.#db
      .selectFrom('assignment_workspaces')
      .selectAll()
      .where('user_id', '=', this.intent.user_id)
      .where('course_id', '=', this.intent.course_id)
      .where('assignment_id', '=', this.intent.assignment_id)
      .executeTakeFirstOrThrow()
  }

  async finish(plan: Plan): Promise<void> {
    const step = await this.#step()
    await beginStage(this.#db, step)
    await finishRun(this.#db, step, { artefacts: [{ kind: 'plan', body: plan }], duration_ms: 1 })
  }

  async fail(): Promise<void> {
    const { stage } = await this.#step()
    const error = { code: 'MODEL_UNAVAILABLE', message: 'It is away.', stage, retryable: true } as const
    await parkRun(this.#db, await this.#step(), error)
  }

  async #step(): Promise<StageTry> {
    const { workspace_id, generation, job_id } = await this.workspace()
    return { workspace_id, generation, job_id, stage: 'finalize_plan', attempt: 1 }
  }
}
