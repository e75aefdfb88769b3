import { z } from 'zod'

import { StreamEvent } from '../../contract/events.ts'
import { BenchFailure } from '../ground/bench-failure.ts'
import type { Student } from '../ground/student.ts'

const Created = z.object({ masterplan_id: z.string() })

/** Posts to a route; throws BenchFailure with what it answered when it refused. */
export async function post({ origin, headers }: Student, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(origin + path, {
    method: 'POST',
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new BenchFailure(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

/** Makes the masterplan of a finished plan; answers its id. */
export async function createPlan(student: Student, discovery_id: string): Promise<string> {
  const made = await post(student, '/masterplans', { discovery_id, session_id: 'bench' })
  return Created.parse(made).masterplan_id
}

/** An event as a client had it. */
export interface Seen {
  readonly event: StreamEvent
  /** When it had arrived, in milliseconds since the epoch. */
  readonly at: number
}

/** Carries out a wish about a masterplan; answers the moment it was sent, in milliseconds since the epoch. */
export async function wish(student: Student, masterplan_id: string, verb: string): Promise<number> {
  const sent = performance.timeOrigin + performance.now()
  await post(student, `/masterplans/${masterplan_id}/${verb}`)
  return sent
}

/** Follows the stream of a masterplan until an event fits; answers all events with the moment each arrived. */
export async function follow(
  { origin, headers }: Student,
  masterplan_id: string,
  isLast: (event: StreamEvent) => boolean,
  deadline: AbortSignal,
): Promise<readonly Seen[]> {
  const leaving = new AbortController()
  const signal = AbortSignal.any([leaving.signal, deadline])
  const url = `${origin}/masterplans/${masterplan_id}/events?after=0`
  const answer = await fetch(url, { headers: { ...headers, accept: 'text/event-stream' }, signal })
  const seen: Seen[] = []
  let rest = ''
  try {
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const at = performance.timeOrigin + performance.now()
      const frames = (rest + chunk).split('\n\n')
      rest = frames.pop() ?? ''
      for (const frame of frames) {
        const data = /^data: (.*)$/m.exec(frame)?.[1]
        const event = /^id: /m.test(frame)
          ? StreamEvent.safeParse(JSON.parse(data ?? 'null')).data
          : undefined
        if (event === undefined) continue
        seen.push({ event, at })
        if (isLast(event)) return seen
      }
    }
  } finally {
    leaving.abort()
  }
  throw new BenchFailure(`the stream ended after ${seen.length} events`)
}
