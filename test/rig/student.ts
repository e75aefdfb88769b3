import { randomBytes } from 'node:crypto'

import type { StreamEvent } from '../../contract/events.ts'
import { FeedbackJob } from '../../contract/feedback-routes.ts'
import type { Snapshot } from '../../contract/snapshot.ts'
import { openStream, type StreamReader } from '../streams/read-stream.ts'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  // Tests look into answers freely.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

interface Call {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly raw?: string | Uint8Array<ArrayBuffer>
}

/** A signed-in student, talking to one API over HTTP. */
export class Student {
  readonly user_id: string
  readonly token: string
  readonly email: string
  readonly password: string
  /** Where the API is; it may move when it is restarted on another port. */
  origin: string

  constructor(origin: string, account: { user_id: string; token: string; email: string; password: string }) {
    this.origin = origin
    this.user_id = account.user_id
    this.token = account.token
    this.email = account.email
    this.password = account.password
  }

  async call(method: string, path: string, { body, headers, raw }: Call = {}): Promise<Reply> {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
  }

  async connectCanvas(base_url: string, api_key: string): Promise<Reply> {
    return this.call('PUT', '/users/me/canvas-credentials', { body: { base_url, api_key } })
  }

  async start(assignment: string, query = ''): Promise<Reply> {
    return this.call('POST', `/assignments/${assignment}/start${query}`)
  }

  async snapshot(assignment: string): Promise<Snapshot> {
    return (await this.call('GET', `/assignments/${assignment}`)).body
  }

  async retry(assignment: string, stage: string, body: unknown = {}): Promise<Reply> {
    return this.call('POST', `/assignments/${assignment}/stages/${stage}/retry`, { body })
  }

  /** Asks for feedback on a text, for one milestone or for the whole assignment. */
  async sendWork(
    assignment: string,
    submission_text: string,
    { milestone, request_id }: { readonly milestone?: string; readonly request_id?: string } = {},
  ): Promise<Reply> {
    const of = milestone === undefined ? '' : `/milestones/${milestone}`
    const body = { submission_text, ...(request_id === undefined ? {} : { request_id }) }
    return this.call('POST', `/assignments/${assignment}${of}/submissions/start`, { body })
  }

  /** Asks for feedback on a file. */
  async sendFile(
    assignment: string,
    file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly type?: string },
    milestone?: string,
  ): Promise<Reply> {
    const of = milestone === undefined ? '' : `/milestones/${milestone}`
    const query = `?name=${encodeURIComponent(file.name)}`
    return this.call('POST', `/assignments/${assignment}${of}/submissions/upload${query}`, {
      raw: file.bytes,
      headers: { 'content-type': file.type ?? 'application/octet-stream' },
    })
  }

  /** A feedback job, once it is over. */
  async feedback(assignment: string, job_id: string): Promise<FeedbackJob> {
    await this.eventsUntil(
      assignment,
      ({ event_type, job_id: of }) =>
        of === job_id && (event_type === 'feedback_ready' || event_type === 'failed'),
    )
    return FeedbackJob.parse(
      (await this.call('GET', `/assignments/${assignment}/feedback/jobs/${job_id}`)).body,
    )
  }

  async stream(
    assignment: string,
    query = '?after=0',
    headers: Record<string, string> = {},
  ): Promise<StreamReader> {
    const url = `${this.origin}/assignments/${assignment}/events${query}`
    return openStream(url, { headers: { authorization: `Bearer ${this.token}`, ...headers } })
  }

  /** Reads the stream from its beginning until an event fits, and answers all stored events up to it. */
  async eventsUntil(assignment: string, fits: (event: StreamEvent) => boolean): Promise<StreamEvent[]> {
    using reader = await this.stream(assignment)
    const found = (event: (typeof reader.events)[number]): boolean =>
      fits(event.data as unknown as StreamEvent)
    await reader.until(({ events }) => events.some(found))
    const end = reader.events.findIndex(found)
    return reader.events.slice(0, end + 1).map(({ data }) => data as unknown as StreamEvent)
  }

  /** Something of a masterplan, or a wish about it. */
  async plan(method: string, masterplan_id: string, path = '', options: Call = {}): Promise<Reply> {
    return this.call(method, `/masterplans/${masterplan_id}${path}`, options)
  }

  /** The draft that came with a finished plan. */
  async draft(assignment: string): Promise<string> {
    await this.start(assignment)
    const { event_type, payload } = (await this.finished(assignment)).at(-1) ?? {}
    if (event_type !== 'plan_ready' || !('masterplan_id' in (payload ?? {})))
      throw new Error(`no draft: ${event_type}`)
    return (payload as { masterplan_id: string }).masterplan_id
  }

  /** Reads the stream of a masterplan from its beginning until an event fits, and answers all events up to it. */
  async planEventsUntil(
    masterplan_id: string,
    fits: (event: StreamEvent) => boolean,
  ): Promise<StreamEvent[]> {
    const url = `${this.origin}/masterplans/${masterplan_id}/events?after=0`
    using reader = await openStream(url, { headers: { authorization: `Bearer ${this.token}` } })
    const found = (event: (typeof reader.events)[number]): boolean =>
      fits(event.data as unknown as StreamEvent)
    await reader.until(({ events }) => events.some(found))
    const end = reader.events.findIndex(found)
    return reader.events.slice(0, end + 1).map(({ data }) => data as unknown as StreamEvent)
  }

  /** All events of a masterplan, once its execution is over. */
  async executed(masterplan_id: string): Promise<StreamEvent[]> {
    return this.planEventsUntil(
      masterplan_id,
      ({ event_type }) => event_type === 'masterplan_execution_complete',
    )
  }

  /** All events of the newest run, once it is ready or has failed. */
  async finished(assignment: string): Promise<StreamEvent[]> {
    const { job_id } = await this.snapshot(assignment)
    return this.eventsUntil(
      assignment,
      ({ event_type, job_id: of }) =>
        of === job_id && (event_type === 'plan_ready' || event_type === 'failed'),
    )
  }
}

/** The same student with a new token, which has the scopes granted since the last. */
export async function signInAgain({ origin, user_id, email, password }: Student): Promise<Student> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ email, password })
  const answer = await fetch(`${origin}/auth/login`, { method: 'POST', headers, body })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  return new Student(origin, { user_id, token, email, password })
}

/** Registers a student of their own and signs them in; `meanwhile` happens between the two. */
export async function registerStudent(
  origin: string,
  meanwhile: (account: { user_id: string; email: string }) => Promise<unknown> = async () => undefined,
): Promise<Student> {
  const email = `${randomBytes(6).toString('hex')}@example.edu`
  const password = randomBytes(18).toString('base64url')
  const credentials = JSON.stringify({ email, password })
  const post = async (path: string): Promise<{ user_id: string; access_token: string }> => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch(`${origin}${path}`, { method: 'POST', headers, body: credentials })).json() as never
  }
  const { user_id } = await post('/auth/register')
  await meanwhile({ user_id, email })
  const { access_token: token } = await post('/auth/login')
  return new Student(origin, { user_id, token, email, password })
}
