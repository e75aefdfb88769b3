// `node bench/masterplans/main.ts`: how soon an execution begins, its events arrive, and what plans that wait cost.
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

import { Client, Connection } from '@temporalio/client'

import type { StreamEvent } from '../../contract/events.ts'
import { masterplanWorkflowId } from '../../contract/ids.ts'
import { percentile } from '../ground/percentile.ts'
import { runBench } from '../ground/run-bench.ts'
import { say, startGround, type Ground } from '../ground/start-ground.ts'
import { startWaymark, type Waymark } from '../ground/start-waymark.ts'
import { createPlan, follow, wish, type Seen } from './follow.ts'
import { seedPlans } from './seed-plans.ts'

const TASKS = 60
const ROUNDS = 3
const WAITING = 200
const APPROVED = 20
const TASKS_OF_WAITING = 20
const CREATED_AT_ONCE = 10
const SETTLE_MS = 5_000
const KIB = 1_024

const isTaskAtWork = ({ event_type, payload }: StreamEvent): boolean =>
  event_type === 'task_execution_progress' && 'status' in payload && payload.status === 'in_progress'
const isEnd = ({ event_type }: StreamEvent): boolean => event_type === 'masterplan_execution_complete'

interface Parts {
  readonly ground: Ground
  readonly waymark: Waymark
  readonly deadline: AbortSignal
}

interface Execution {
  /** Milliseconds from the request to the first task at work, as the client saw it, and to the end. */
  readonly firstTask: number
  readonly wall: number
  /** Milliseconds from the moment PostgreSQL wrote an event to its arrival. */
  readonly latencies: readonly number[]
  readonly historyEvents: number
}

const storedAt = ({ event }: Seen): number => Date.parse(event.timestamp)

async function execute({ ground, waymark, deadline }: Parts, client: Client): Promise<Execution> {
  const { student } = waymark
  const [discovery_id = ''] = await seedPlans(ground.db.write, 1, TASKS)
  const masterplan_id = await createPlan(student, discovery_id)
  await wish(student, masterplan_id, 'approve')
  const following = follow(student, masterplan_id, isEnd, deadline)
  const handle = client.workflow.getHandle(masterplanWorkflowId(masterplan_id))
  const before = (await handle.describe()).historyLength
  const sent = await wish(student, masterplan_id, 'execute')
  const seen = await following
  await handle.result()
  const own = seen.filter(({ at }) => at >= sent)
  return {
    firstTask: (own.find(({ event }) => isTaskAtWork(event))?.at ?? Number.NaN) - sent,
    wall: (own.at(-1)?.at ?? Number.NaN) - sent,
    latencies: own.map((each) => each.at - storedAt(each)),
    historyEvents: (await handle.describe()).historyLength - before,
  }
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / KIB
}

interface Waiting {
  readonly before: number
  readonly after: number
  readonly firstTasks: readonly number[]
}

/** Lets so many drafts wait, then approves and executes some of them one by one. */
async function wait({ ground, waymark, deadline }: Parts): Promise<Waiting> {
  const { student, worker } = waymark
  const before = await residentMb(worker.pid)
  const discoveries = await seedPlans(ground.db.write, WAITING, TASKS_OF_WAITING)
  const ids: string[] = []
  while (ids.length < WAITING) {
    const next = discoveries.slice(ids.length, ids.length + CREATED_AT_ONCE)
    ids.push(...(await Promise.all(next.map((discovery_id) => createPlan(student, discovery_id)))))
  }
  // Two hundred runs have just begun: the first approval is not to queue behind them.
  await delay(SETTLE_MS)
  const after = await residentMb(worker.pid)
  const firstTasks: number[] = []
  for (const masterplan_id of ids.slice(0, APPROVED)) {
    const following = follow(student, masterplan_id, isTaskAtWork, deadline)
    const sent = await wish(student, masterplan_id, 'approve')
    await wish(student, masterplan_id, 'execute')
    firstTasks.push(((await following).at(-1)?.at ?? Number.NaN) - sent)
    // So that the next one finds all places free.
    await wish(student, masterplan_id, 'cancel')
  }
  return { before, after, firstTasks }
}

const ms = (values: readonly number[], share: number): string => percentile(values, share).toFixed(0)

async function measure(deadline: AbortSignal): Promise<string> {
  await using ground = await startGround()
  await using waymark = await startWaymark(ground)
  const connection = await Connection.connect({ address: ground.temporal.address })
  await using _ = { [Symbol.asyncDispose]: () => connection.close() }
  const client = new Client({ connection, namespace: ground.temporal.namespace })
  const parts = { ground, waymark, deadline }
  const executions: Execution[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    say(`executing a plan of ${TASKS} tasks`)
    executions.push(await execute(parts, client))
  }
  say(`${WAITING} drafts begin to wait`)
  const { before, after, firstTasks } = await wait(parts)
  const latencies = executions.flatMap((execution) => execution.latencies)
  const of = (pick: (execution: Execution) => number): number => percentile(executions.map(pick), 0.5)
  return [
    '| tasks | executions | execute → first task at work | to the end | events | event latency p50 | p99 | history events per task |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    `| ${TASKS} | ${ROUNDS} | ${of(({ firstTask }) => firstTask).toFixed(0)} ms | ${(of(({ wall }) => wall) / 1_000).toFixed(1)} s | ${latencies.length} | ${ms(latencies, 0.5)} ms | ${ms(latencies, 0.99)} ms | ${(of(({ historyEvents }) => historyEvents) / TASKS).toFixed(1)} |`,
    '',
    '| plans waiting | worker before | worker after | approved and executed | approve → first task p50 | max |',
    '| --- | --- | --- | --- | --- | --- |',
    `| ${WAITING} | ${before.toFixed(0)} MB | ${after.toFixed(0)} MB | ${APPROVED} | ${ms(firstTasks, 0.5)} ms | ${ms(firstTasks, 1)} ms |`,
  ].join('\n')
}

await runBench(measure)
