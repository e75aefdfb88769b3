import { Client, Connection } from '@temporalio/client'

import type { StreamEvent } from '../../contract/events.ts'
import { masterplanWorkflowId } from '../../contract/ids.ts'
import type { Ground } from '../ground/start-ground.ts'
import type { Waymark } from '../ground/start-waymark.ts'
import { createPlan, follow, wish, type Seen } from './follow.ts'
import { seedPlans, type Shape } from './seed-plans.ts'

export const isTaskAtWork = ({ event_type, payload }: StreamEvent): boolean =>
  event_type === 'task_execution_progress' && 'status' in payload && payload.status === 'in_progress'
export const isEnd = ({ event_type }: StreamEvent): boolean => event_type === 'masterplan_execution_complete'

/** What an execution needs around it. */
export interface Parts {
  readonly ground: Ground
  readonly waymark: Waymark
  readonly client: Client
  readonly deadline: AbortSignal
}

export interface Execution {
  readonly masterplan_id: string
  /** Milliseconds from the request to the first task at work, as the client saw it, and to the end. */
  readonly firstTask: number
  readonly wall: number
  /** Milliseconds from the moment PostgreSQL wrote an event to its arrival. */
  readonly latencies: readonly number[]
  readonly historyEvents: number
}

/** A client of the ground's Temporal, closed in the end. */
export async function openClient({ temporal }: Ground): Promise<{ client: Client } & AsyncDisposable> {
  const connection = await Connection.connect({ address: temporal.address })
  const client = new Client({ connection, namespace: temporal.namespace })
  return { client, [Symbol.asyncDispose]: () => connection.close() }
}

const storedAt = ({ event }: Seen): number => Date.parse(event.timestamp)

/** Makes a plan, approves it and has it executed to its end; `prepare` may lay something in its way before. */
export async function execute(
  { ground, waymark, client, deadline }: Parts,
  shape: Shape,
  prepare: (masterplan_id: string) => Promise<void> = async () => undefined,
): Promise<Execution> {
  const { student } = waymark
  const [discovery_id = ''] = await seedPlans(ground.db.write, 1, shape)
  const masterplan_id = await createPlan(student, discovery_id)
  await prepare(masterplan_id)
  await wish(student, masterplan_id, 'approve')
  const following = follow(student, masterplan_id, isEnd, deadline)
  const handle = client.workflow.getHandle(masterplanWorkflowId(masterplan_id))
  const before = (await handle.describe()).historyLength
  const sent = await wish(student, masterplan_id, 'execute')
  const seen = await following
  await handle.result()
  const own = seen.filter(({ at }) => at >= sent)
  return {
    masterplan_id,
    firstTask: (own.find(({ event }) => isTaskAtWork(event))?.at ?? Number.NaN) - sent,
    wall: (own.at(-1)?.at ?? Number.NaN) - sent,
    latencies: own.map((each) => each.at - storedAt(each)),
    historyEvents: (await handle.describe()).historyLength - before,
  }
}
