// `node bench/quotas/main.ts`: what the places of a tenant at the depths of builds and phases cost a plan of 60 builds.
import { join } from 'node:path'

import { sql } from 'kysely'

import { runBench } from '../ground/run-bench.ts'
import { say, startGround, type Ground } from '../ground/start-ground.ts'
import { startWaymark } from '../ground/start-waymark.ts'
import { execute, openClient, type Execution } from '../masterplans/execute.ts'

const TASKS = 60
const BUDGET_MS = 15 * 60_000
const QUOTAS = ['10,8,5,3,2,1', '10,8,5,3,3,3', '10,8,5,6,6,6'] as const

interface Waits {
  readonly builds: number
  /** Milliseconds that a phase waited for its place, median and 99th percentile. */
  readonly p50: number
  readonly p99: number
}

/** How long phases waited between being asked for and being at work, as their jobs tell. */
async function readWaits({ db }: Ground, masterplan_id: string): Promise<Waits> {
  const { rows } = await sql<Waits>`
    select count(distinct build.workflow_id)::int as builds,
      percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.99) within group (order by ms) as p99
    from handoffs build join processing_jobs phase on phase.parent_job_id = build.job_id,
      lateral (select extract(epoch from phase.started_at - phase.created_at) * 1000 as ms) waited
    where build.masterplan_id = ${masterplan_id} and phase.started_at is not null`.execute(db.write)
  const [waits] = rows
  return waits ?? { builds: 0, p50: Number.NaN, p99: Number.NaN }
}

async function run(quotas: string, deadline: AbortSignal): Promise<{ execution: Execution; waits: Waits }> {
  await using ground = await startGround()
  const ARTEFACT_ROOT = join(ground.folder, 'artefacts')
  await using waymark = await startWaymark(ground, { QUOTAS: quotas, ARTEFACT_ROOT })
  await using temporal = await openClient(ground)
  const parts = { ground, waymark, client: temporal.client, deadline }
  say(`executing ${TASKS} builds with the quotas ${quotas}`)
  const execution = await execute(parts, { tasks: TASKS, deliverable: 'An outline of the argument' })
  return { execution, waits: await readWaits(ground, execution.masterplan_id) }
}

async function measure(deadline: AbortSignal): Promise<string> {
  const lines: string[] = []
  for (const quotas of QUOTAS) {
    const { execution, waits } = await run(quotas, deadline)
    const { wall, firstTask, historyEvents } = execution
    const figures = [
      quotas.replaceAll(',', ', '),
      String(waits.builds),
      `${(wall / 1_000).toFixed(1)} s`,
      `${firstTask.toFixed(0)} ms`,
      `${waits.p50.toFixed(0)} ms`,
      `${waits.p99.toFixed(0)} ms`,
      (historyEvents / TASKS).toFixed(1),
    ]
    lines.push(`| ${figures.join(' | ')} |`)
  }
  return [
    '| quotas at depths 0 to 5 | builds | to the end | first task | a phase waits p50 | p99 | history events of the plan per task |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n')
}

await runBench(measure, BUDGET_MS)
