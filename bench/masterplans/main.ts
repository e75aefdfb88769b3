// `node bench/masterplans/main.ts`: how soon an execution begins, its events arrive, and what plans that wait cost.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { percentile } from '../ground/percentile.ts'
import { runBench } from '../ground/run-bench.ts'
import { say, startGround } from '../ground/start-ground.ts'
import { startWaymark } from '../ground/start-waymark.ts'
import { execute, isTaskAtWork, openClient, type Execution, type Parts } from './execute.ts'
import { failSome } from './fail-some.ts'
import { createPlan, follow, wish } from './follow.ts'
import { seedPlans } from './seed-plans.ts'

const TASKS = 60
const ROUNDS = 3
// By their number in the masterplan, where the sources are read first: each has one that waits for it.
const FAILING = [3, 15, 27, 39, 51]
const WAITING = 200
const APPROVED = 20
const TASKS_OF_WAITING = 20
const CREATED_AT_ONCE = 10
const SETTLE_MS = 5_000
const KIB = 1_024
const BUDGET_MS = 180_000

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
  const discoveries = await seedPlans(ground.db.write, WAITING, { tasks: TASKS_OF_WAITING })
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
  await using waymark = await startWaymark(ground, { ARTEFACT_ROOT: join(ground.folder, 'artefacts') })
  await using temporal = await openClient(ground)
  const parts = { ground, waymark, client: temporal.client, deadline }
  const executions: Execution[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    say(`executing a plan of ${TASKS} tasks`)
    executions.push(await execute(parts, { tasks: TASKS }))
  }
  say(`executing one of which ${FAILING.length} tasks fail`)
  const failed = await failSome(parts, { tasks: TASKS, failing: FAILING })
  say(`${WAITING} drafts begin to wait`)
  const { before, after, firstTasks } = await wait(parts)
  const latencies = executions.flatMap((execution) => execution.latencies)
  const of = (pick: (execution: Execution) => number): number => percentile(executions.map(pick), 0.5)
  return [
    '| tasks | executions | execute → first task at work | to the end | events | event latency p50 | p99 | history events per task |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    `| ${TASKS} | ${ROUNDS} | ${of(({ firstTask }) => firstTask).toFixed(0)} ms | ${(of(({ wall }) => wall) / 1_000).toFixed(1)} s | ${latencies.length} | ${ms(latencies, 0.5)} ms | ${ms(latencies, 0.99)} ms | ${(of(({ historyEvents }) => historyEvents) / TASKS).toFixed(1)} |`,
    '',
    '| tasks, made to fail | completed, failed, blocked | to the end | retry of one → 200 | reopened | retry → it and its dependents completed |',
    '| --- | --- | --- | --- | --- | --- |',
    `| ${TASKS}, ${FAILING.length} | ${failed.counts.join(', ')} | ${(failed.wall / 1_000).toFixed(1)} s | ${failed.accepted.toFixed(0)} ms | ${failed.reopened} | ${failed.done.toFixed(0)} ms |`,
    '',
    '| plans waiting | worker before | worker after | approved and executed | approve → first task p50 | max |',
    '| --- | --- | --- | --- | --- | --- |',
    `| ${WAITING} | ${before.toFixed(0)} MB | ${after.toFixed(0)} MB | ${APPROVED} | ${ms(firstTasks, 0.5)} ms | ${ms(firstTasks, 1)} ms |`,
  ].join('\n')
}

await runBench(measure, BUDGET_MS)
