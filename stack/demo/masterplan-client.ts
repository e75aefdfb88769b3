import { Execution } from '../../contract/masterplan-routes.ts'
import { Masterplan, MasterplanFiles } from '../../contract/masterplans.ts'
import { Snapshot } from '../../contract/snapshot.ts'
import { StackFailure } from '../stack-failure.ts'
import { call, send } from './call.ts'
import type { Assignment, Student } from './client.ts'
import { printable } from './printable.ts'

/** One student's masterplan, through the API. */
export class MasterplanClient {
  readonly #origin: string
  readonly #signIn: Student['signIn']
  readonly #path: string

  constructor(origin: string, { signIn }: Student, masterplan_id: string) {
    this.#origin = origin
    this.#signIn = signIn
    this.#path = `/masterplans/${masterplan_id}`
  }

  get eventsUrl(): string {
    return `${this.#origin}${this.#path}/events?after=0`
  }

  async read(): Promise<Masterplan> {
    return call(this.#origin, this.#path, Masterplan, { token: await this.#signIn() })
  }

  async approve(): Promise<void> {
    await call(this.#origin, `${this.#path}/approve`, Masterplan, {
      method: 'POST',
      token: await this.#signIn(),
    })
  }

  async reject(): Promise<void> {
    await call(this.#origin, `${this.#path}/reject`, Masterplan, {
      method: 'POST',
      token: await this.#signIn(),
    })
  }

  async execute(): Promise<void> {
    await call(this.#origin, `${this.#path}/execute`, Execution, {
      method: 'POST',
      token: await this.#signIn(),
    })
  }

  async files(): Promise<MasterplanFiles['files']> {
    const { files } = await call(this.#origin, `${this.#path}/files`, MasterplanFiles, {
      token: await this.#signIn(),
    })
    return files
  }

  /** The text of an artefact, fit for a terminal. */
  async file(path: string): Promise<string> {
    const url = `${this.#path}/files/${path.split('/').map(encodeURIComponent).join('/')}`
    const response = await send(this.#origin, url, { token: await this.#signIn() })
    if (!response.ok) throw new StackFailure(`${url} answered ${response.status}`)
    return printable(await response.text())
  }
}

/** The masterplan that came with a finished plan. */
export async function findMasterplan(
  origin: string,
  student: Student,
  { course_id, assignment_id }: Assignment,
): Promise<MasterplanClient> {
  const path = `/assignments/${course_id}/${assignment_id}`
  const { masterplan_id } = await call(origin, path, Snapshot, { token: await student.signIn() })
  if (masterplan_id === null) throw new StackFailure('the plan came without a masterplan')
  return new MasterplanClient(origin, student, masterplan_id)
}
