import { z } from 'zod'

import { Account, Tokens } from '../../contract/accounts.ts'
import { Checklist } from '../../contract/checklist.ts'
import { PlanEvidence } from '../../contract/evidence.ts'
import { FeedbackJob, StartedFeedback } from '../../contract/feedback-routes.ts'
import { Plan } from '../../contract/plan.ts'
import { call, readAnswer, send } from './call.ts'

/** One student's view of the API. */
export interface Student {
  readonly email: string
  /** An access token that is good for a while yet: who looks on or thinks it over may take longer than one is. */
  readonly signIn: () => Promise<string>
}

const SPARE_SECONDS = 60
const MS_PER_SECOND = 1_000

/** An assignment, by Canvas' own ids. */
export interface Assignment {
  readonly course_id: string
  readonly assignment_id: string
}

const pathOf = ({ course_id, assignment_id }: Assignment): string =>
  `/assignments/${course_id}/${assignment_id}`

/** Makes an account and signs in. */
export async function registerStudent(origin: string, email: string, password: string): Promise<Student> {
  const body = { email, password }
  await call(origin, '/auth/register', Account, { method: 'POST', body })
  let known = { token: '', goodUntil: 0 }
  const signIn = async (): Promise<string> => {
    if (Date.now() < known.goodUntil) return known.token
    const signedIn = await call(origin, '/auth/login', Tokens, { method: 'POST', body })
    const goodFor = (signedIn.expires_in - SPARE_SECONDS) * MS_PER_SECOND
    known = { token: signedIn.access_token, goodUntil: Date.now() + goodFor }
    return known.token
  }
  return { email, signIn }
}

/** Stores the student's Canvas address and key, which the API tries first. */
export async function connectCanvas(
  origin: string,
  { signIn }: Student,
  base_url: string,
  api_key: string,
): Promise<void> {
  await call(origin, '/users/me/canvas-credentials', z.unknown(), {
    method: 'PUT',
    body: { base_url, api_key },
    token: await signIn(),
  })
}

/** Begins planning the assignment. */
export async function startPlanning(
  origin: string,
  { signIn }: Student,
  assignment: Assignment,
): Promise<void> {
  await call(origin, `${pathOf(assignment)}/start`, z.unknown(), { method: 'POST', token: await signIn() })
}

/** The finished plan. */
export async function readPlan(origin: string, { signIn }: Student, assignment: Assignment): Promise<Plan> {
  return call(origin, `${pathOf(assignment)}/plan`, Plan, { token: await signIn() })
}

/** What each statement of the plan rests on. */
export async function readEvidence(
  origin: string,
  { signIn }: Student,
  assignment: Assignment,
): Promise<PlanEvidence> {
  return call(origin, `${pathOf(assignment)}/plan/evidence`, PlanEvidence, { token: await signIn() })
}

const NOT_FOUND = 404

/** What is asked, as far as a run has worked it out; null when it has not. */
export async function findChecklist(
  origin: string,
  { signIn }: Student,
  assignment: Assignment,
): Promise<Checklist | null> {
  const response = await send(origin, `${pathOf(assignment)}/requirements`, { token: await signIn() })
  return response.status === NOT_FOUND ? null : readAnswer(response, Checklist)
}

/** The address of the event stream. */
export function eventsUrl(origin: string, assignment: Assignment): string {
  return `${origin}${pathOf(assignment)}/events?after=0`
}

/** Asks for feedback on a file; answers the job. */
export async function sendWork(
  origin: string,
  { signIn }: Student,
  assignment: Assignment,
  { name, file }: { readonly name: string; readonly file: Uint8Array<ArrayBuffer> },
): Promise<string> {
  const path = `${pathOf(assignment)}/submissions/upload?name=${encodeURIComponent(name)}`
  const { job_id } = await call(origin, path, StartedFeedback, {
    method: 'POST',
    file,
    token: await signIn(),
  })
  return job_id
}

/** A feedback job as it stands. */
export async function readFeedback(
  origin: string,
  { signIn }: Student,
  assignment: Assignment,
  job_id: string,
): Promise<FeedbackJob> {
  return call(origin, `${pathOf(assignment)}/feedback/jobs/${job_id}`, FeedbackJob, { token: await signIn() })
}
