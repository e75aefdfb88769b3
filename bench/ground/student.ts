import { z } from 'zod'

import { Tokens } from '../../contract/accounts.ts'
import { BenchFailure } from './bench-failure.ts'

const PASSWORD = 'correct horse battery'
const Started = z.object({ workspace_id: z.string(), events_url: z.string() })

/** One signed-in student. */
export interface Student {
  readonly origin: string
  readonly headers: Readonly<Record<string, string>>
}

/** A run that was accepted. */
export interface StartedRun {
  readonly workspaceId: string
  readonly eventsUrl: string
  /** Milliseconds from the request to its whole answer. */
  readonly acceptedMs: number
}

async function send(
  origin: string,
  [method, path]: readonly [method: string, path: string],
  { headers = {}, body }: { readonly headers?: Student['headers']; readonly body?: object } = {},
): Promise<unknown> {
  const answer = await fetch(origin + path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new BenchFailure(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

/** Registers a student under a name, signs in and connects the Canvas; throws BenchFailure. */
export async function registerStudent(
  origin: string,
  canvasOrigin: string,
  name = 'bench',
): Promise<Student> {
  const account = { email: `${name}@example.org`, password: PASSWORD }
  await send(origin, ['POST', '/auth/register'], { body: account })
  const { access_token } = Tokens.parse(await send(origin, ['POST', '/auth/login'], { body: account }))
  const headers = { authorization: `Bearer ${access_token}` }
  const body = { base_url: canvasOrigin, api_key: 'bench' }
  await send(origin, ['PUT', '/users/me/canvas-credentials'], { headers, body })
  return { origin, headers }
}

/** Asks for the plan of one assignment. */
export async function startRun(
  { origin, headers }: Student,
  courseId: string,
  assignmentId: number,
): Promise<StartedRun> {
  const begun = performance.now()
  const path = `/assignments/${courseId}/${assignmentId}/start`
  const answer = Started.parse(await send(origin, ['POST', path], { headers }))
  const acceptedMs = performance.now() - begun
  return { workspaceId: answer.workspace_id, eventsUrl: answer.events_url, acceptedMs }
}
