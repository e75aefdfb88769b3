// `node bench/supervisor/main.ts [jobs…]`: lists and metrics over 1,000 jobs of one tenant, and over 1,000,000.
import { z } from 'zod'

import { BenchFailure } from '../ground/bench-failure.ts'
import { percentile } from '../ground/percentile.ts'
import { runBench } from '../ground/run-bench.ts'
import { say, startGround } from '../ground/start-ground.ts'
import { startWaymark } from '../ground/start-waymark.ts'
import { enrolOperator, type Operator } from '../jobs/operator.ts'
import { fillJobs } from './fill-jobs.ts'

const REQUESTS = 200
const WARM_UP = 20
const USUAL_SIZES = [1_000, 1_000_000]
// Writing a million jobs with seven transitions each takes minutes.
const BUDGET_MS = 1_800_000

const Me = z.object({ user_id: z.string(), workspace_id: z.string() })

const ASKED = {
  'GET /supervisor/workers': '/supervisor/workers',
  'GET /supervisor/workers?status=RUNNING': '/supervisor/workers?status=RUNNING',
  'GET /supervisor/workers?offset=900': '/supervisor/workers?offset=900',
  'GET /supervisor/workers/{id}': '/supervisor/workers/w_000000000001',
  'GET /supervisor/metrics': '/supervisor/metrics',
  'GET /jobs': '/jobs',
} as const

async function timeOf(operator: Operator, path: string, deadline: AbortSignal): Promise<string> {
  const took: number[] = []
  for (let index = 0; index < WARM_UP + REQUESTS; index++) {
    deadline.throwIfAborted()
    const begun = performance.now()
    await operator.call('GET', path)
    if (index >= WARM_UP) took.push(performance.now() - begun)
  }
  return `${percentile(took, 0.5).toFixed(1)} | ${percentile(took, 0.99).toFixed(1)}`
}

function readSizes(args: readonly string[]): readonly number[] {
  if (args.length === 0) return USUAL_SIZES
  const sizes = z.array(z.coerce.number().int().min(1)).safeParse(args)
  if (!sizes.success) throw new BenchFailure('Name how many jobs there are to be, as in: 1000 1000000')
  return sizes.data.toSorted((a, b) => a - b)
}

async function measure(deadline: AbortSignal): Promise<string> {
  const sizes = readSizes(process.argv.slice(2))
  await using ground = await startGround()
  await using waymark = await startWaymark(ground)
  const operator = await enrolOperator(waymark.student.origin, ground.postgres.url)
  const { user_id, workspace_id: tenant_id } = Me.parse(await operator.call('GET', '/auth/me'))
  const lines = ['| request | jobs | p50 ms | p99 ms |', '| --- | --- | --- | --- |']
  let filled = 0
  for (const size of sizes) {
    say(`filling up to ${size} jobs`)
    await fillJobs(ground.db.write, { user_id, tenant_id }, filled, size)
    filled = size
    for (const [name, path] of Object.entries(ASKED))
      lines.push(`| ${name} | ${size} | ${await timeOf(operator, path, deadline)} |`)
  }
  return lines.join('\n')
}

await runBench(measure, BUDGET_MS)
