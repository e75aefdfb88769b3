import type { OpenDatabase } from '../../db/open.ts'
import { BenchFailure } from './bench-failure.ts'
import { within } from './run-bench.ts'

const CHANNEL = 'waymark_events'
const ENDS: ReadonlySet<string> = new Set(['plan_ready', 'failed'])

export interface RunWatch extends AsyncDisposable {
  /** Waits until the run has ended as wanted; throws BenchFailure when it ends otherwise or not before the deadline. */
  ended(workspaceId: string, wanted: 'plan_ready' | 'failed'): Promise<void>
}

/**
 * Learns of the end of runs as the API does, from the wake-up after each commit, on one connection: a client with a
 * stream for each run would be measured itself, and polling would add its interval.
 */
export async function watchRuns(db: OpenDatabase, deadline: AbortSignal): Promise<RunWatch> {
  const client = db.connection()
  const ends = new Map<string, PromiseWithResolvers<string>>()
  const endOf = (streamId: string): PromiseWithResolvers<string> => {
    const known = ends.get(streamId) ?? Promise.withResolvers<string>()
    ends.set(streamId, known)
    return known
  }
  const look = async (streamId: string, seq: number): Promise<void> => {
    const event = await db.read
      .selectFrom('events')
      .select('type')
      .where('stream_id', '=', streamId)
      .where('seq', '=', seq)
      .executeTakeFirst()
    if (event !== undefined && ENDS.has(event.type)) endOf(streamId).resolve(event.type)
  }
  client.on('notification', ({ payload = '' }) => {
    const [streamId = '', seq] = payload.split('|')
    void look(streamId, Number(seq)).catch((error: unknown) => endOf(streamId).reject(error))
  })
  await client.connect()
  await client.query(`listen ${CHANNEL}`)
  return {
    async ended(workspaceId, wanted) {
      const type = await within(deadline, endOf(workspaceId).promise)
      ends.delete(workspaceId)
      if (type !== wanted) throw new BenchFailure(`the run of ${workspaceId} ended with ${type}`)
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}
