import type { PlanProgress } from '../contract/marks.ts'
import type { Plan } from '../contract/plan.ts'
import { PlannedAssignment } from './ready-plan.ts'
import type { Call, Member, Reply, TestApi } from './serve-api.ts'

/** A student who marks the plan of one assignment over HTTP, and what the database has of it. */
export class Marking {
  readonly assignment: PlannedAssignment
  readonly #api: TestApi
  readonly #member: Member

  constructor(api: TestApi, member: Member, assignment_id: string) {
    this.#api = api
    this.#member = member
    this.assignment = new PlannedAssignment(api.database.db.write, member, assignment_id)
  }

  async begin(plan: Plan): Promise<void> {
    await this.assignment.start()
    await this.assignment.finish(plan)
  }

  async call(method: string, path: string, options: Call = {}): Promise<Reply> {
    const call = { token: this.#member.token, ...options }
    return this.#api.call(method, `${this.assignment.path}/${path}`, call)
  }

  async read(): Promise<Reply> {
    return this.call('GET', 'progress')
  }

  async mark(path: string, state: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.call('PATCH', path, { body: { state }, headers })
  }

  /** All events of the stream, oldest first. */
  async events() {
    const { workspace_id } = await this.assignment.workspace()
    return this.#api.database.db.read
      .selectFrom('events')
      .select(['seq', 'type', 'generation', 'body'])
      .where('stream_id', '=', workspace_id)
      .orderBy('seq')
      .execute()
  }

  async rows() {
    const { workspace_id } = await this.assignment.workspace()
    return this.#api.database.db.read
      .selectFrom('marks')
      .selectAll()
      .where('workspace_id', '=', workspace_id)
      .orderBy('id')
      .execute()
  }

  /** Everything that marking writes. */
  async written() {
    const events = await this.events()
    return { rows: await this.rows(), events: events.filter(({ type }) => type === 'mark_changed') }
  }
}

/** What each milestone and task shows, by its id. */
export function statesOf({ milestones }: PlanProgress): Record<string, string> {
  return Object.fromEntries(
    milestones.flatMap(({ id, state, tasks }) => [
      [id, state],
      ...tasks.map((task) => [task.id, task.state]),
    ]),
  )
}
