import type { ReadDb } from '../../db/open.ts'
import { BenchFailure } from '../ground/bench-failure.ts'
import { within } from '../ground/run-bench.ts'
import { COURSES } from '../ground/stub-canvas.ts'
import { startRun, type Student } from '../ground/student.ts'
import type { RunWatch } from '../ground/watch-runs.ts'

/** Milliseconds from the request that starts a run. */
export interface StartTimes {
  /** To the whole answer of POST start. */
  readonly accepted: number
  /** To the commit of the first event, by the time that PostgreSQL wrote into it. */
  readonly stored: number
  /** To the first bytes of that event on a stream opened once the start was answered. */
  readonly seen: number
}

interface Starter {
  readonly student: Student
  readonly watch: RunWatch
  readonly db: ReadDb
  readonly deadline: AbortSignal
}

const FIRST_EVENT = /^event: stage_started$/m

/** Starts one run, follows it to its first event, and waits until it is parked, so that the next meets an idle machine. */
export async function timeStart(starter: Starter, assignmentId: number): Promise<StartTimes> {
  const { student, watch, db, deadline } = starter
  const clock = performance.timeOrigin
  const begun = performance.now()
  const { workspaceId, eventsUrl, acceptedMs } = await startRun(student, COURSES.missing, assignmentId)
  const seenAt = await within(deadline, firstEventAt(student, eventsUrl, deadline))
  await watch.ended(workspaceId, 'failed')
  const { at } = await db
    .selectFrom('events')
    .select('at')
    .where('stream_id', '=', workspaceId)
    .where('seq', '=', 1)
    .executeTakeFirstOrThrow()
  return { accepted: acceptedMs, stored: at.getTime() - (clock + begun), seen: seenAt - begun }
}

/** Opens the stream of a run and answers when its first event arrived, by performance.now(). */
async function firstEventAt(
  { origin, headers }: Student,
  eventsUrl: string,
  deadline: AbortSignal,
): Promise<number> {
  const leaving = new AbortController()
  const signal = AbortSignal.any([leaving.signal, deadline])
  const url = new URL(eventsUrl, origin)
  url.searchParams.set('after', '0')
  const answer = await fetch(url, { headers: { ...headers, accept: 'text/event-stream' }, signal })
  let text = ''
  try {
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      if (FIRST_EVENT.test(text)) return performance.now()
    }
  } finally {
    leaving.abort()
  }
  throw new BenchFailure(`the stream ended before its first event: ${text.slice(0, 500)}`)
}
