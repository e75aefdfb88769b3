import { z } from 'zod'

import { Account, Tokens } from '../../contract/accounts.ts'
import { Checklist } from '../../contract/checklist.ts'
import { PlanEvidence } from '../../contract/evidence.ts'
import { FeedbackJob, StartedFeedback } from '../../contract/feedback-routes.ts'
import { Plan } from '../../contract/plan.ts'
import { Problem } from '../../contract/problem.ts'
import { StackFailure } from '../stack-failure.ts'
import { parsePrintable } from './printable.ts'

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly body?: unknown
  /** Sent as it is, in place of `body`. */
  readonly file?: Uint8Array<ArrayBuffer>
  readonly token?: string
}

async function send(
  origin: string,
  path: string,
  { method = 'GET', body, file, token }: Call,
): Promise<Response> {
  return fetch(`${origin}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(file === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(file === undefined ? {} : { body: file }),
  })
}

// Everything printed comes in here, so here it is made fit for a terminal.
async function readAnswer<S extends z.ZodType>(response: Response, schema: S): Promise<z.infer<S>> {
  const answer = parsePrintable(await response.text())
  if (response.ok) return schema.parse(answer)
  const problem = Problem.safeParse(answer).data
  throw new StackFailure(
    `${new URL(response.url).pathname} answered ${response.status}: ${problem?.detail ?? 'no reason given'}`,
  )
}

async function call<S extends z.ZodType>(
  origin: string,
  path: string,
  schema: S,
  options: Call = {},
): Promise<z.infer<S>> {
  return readAnswer(await send(origin, path, options), schema)
}

/** One student's view of the API. */
export interface Student {
  readonly email: string
  readonly token: string
}

interface Assignment {
  readonly course_id: string
  readonly assignment_id: string
}

const pathOf = ({ course_id, assignment_id }: Assignment): string =>
  `/assignments/${course_id}/${assignment_id}`

/** Makes an account and signs in. */
export async function registerStudent(origin: string, email: string, password: string): Promise<Student> {
  const body = { email, password }
  await call(origin, '/auth/register', Account, { method: 'POST', body })
  const { access_token } = await call(origin, '/auth/login', Tokens, { method: 'POST', body })
  return { email, token: access_token }
}

/** Stores the student's Canvas address and key, which the API tries first. */
export async function connectCanvas(
  origin: string,
  { token }: Student,
  base_url: string,
  api_key: string,
): Promise<void> {
  await call(origin, '/users/me/canvas-credentials', z.unknown(), {
    method: 'PUT',
    body: { base_url, api_key },
    token,
  })
}

/** Begins planning the assignment. */
export async function startPlanning(
  origin: string,
  { token }: Student,
  assignment: Assignment,
): Promise<void> {
  await call(origin, `${pathOf(assignment)}/start`, z.unknown(), { method: 'POST', token })
}

/** The finished plan. */
export async function readPlan(origin: string, { token }: Student, assignment: Assignment): Promise<Plan> {
  return call(origin, `${pathOf(assignment)}/plan`, Plan, { token })
}

/** What each statement of the plan rests on. */
export async function readEvidence(
  origin: string,
  { token }: Student,
  assignment: Assignment,
): Promise<PlanEvidence> {
  return call(origin, `${pathOf(assignment)}/plan/evidence`, PlanEvidence, { token })
}

const NOT_FOUND = 404

/** What is asked, as far as a run has worked it out; null when it has not. */
export async function findChecklist(
  origin: string,
  { token }: Student,
  assignment: Assignment,
): Promise<Checklist | null> {
  const response = await send(origin, `${pathOf(assignment)}/requirements`, { token })
  return response.status === NOT_FOUND ? null : readAnswer(response, Checklist)
}

/** The address of the event stream. */
export function eventsUrl(origin: string, assignment: Assignment): string {
  return `${origin}${pathOf(assignment)}/events?after=0`
}

/** Asks for feedback on a file; answers the job. */
export async function sendWork(
  origin: string,
  { token }: Student,
  assignment: Assignment,
  { name, file }: { readonly name: string; readonly file: Uint8Array<ArrayBuffer> },
): Promise<string> {
  const path = `${pathOf(assignment)}/submissions/upload?name=${encodeURIComponent(name)}`
  const { job_id } = await call(origin, path, StartedFeedback, { method: 'POST', file, token })
  return job_id
}

/** A feedback job as it stands. */
export async function readFeedback(
  origin: string,
  { token }: Student,
  assignment: Assignment,
  job_id: string,
): Promise<FeedbackJob> {
  return call(origin, `${pathOf(assignment)}/feedback/jobs/${job_id}`, FeedbackJob, { token })
}
