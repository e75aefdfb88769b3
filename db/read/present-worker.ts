import type { Selectable } from 'kysely'

import type { SupervisorMetrics, Worker, WorkerDetail } from '../../contract/workers.ts'
import { MACHINES, type MachineName } from '../../contract/machines.ts'
import type { TransitionsTable } from '../schema.ts'
import { metadataOf, toStateChange } from './present-job.ts'
import type { Tally } from './tallies.ts'
import type { WorkerView } from './workers.ts'

const MS = 1_000
const round = (value: number): number => Math.round(value * 10) / 10

/** A worker as clients see it; its workspace_id is its tenant. */
export function toWorker(view: WorkerView): Worker {
  const { worker_id: id, status, tenant_id: workspace_id, job_id, kind, depth, stage } = view
  return {
    id,
    status,
    workspace_id,
    job_id,
    kind,
    depth,
    stage,
    metadata: metadataOf(view),
    created_at: view.created_at.toISOString(),
    updated_at: view.updated_at.toISOString(),
  }
}

interface Around {
  readonly history: readonly Selectable<TransitionsTable>[]
  readonly task_count: number
  /** Of its job and all below it; not told of a worker that is over, whose job another may be at. */
  readonly usage: { readonly cpu_percent: number | null; readonly memory_mb: number | null }
  readonly now: Date
}

const NOTHING_MEASURED = { cpu_percent: null, memory_mb: null }
const OPEN: ReadonlySet<string> = new Set(['IDLE', 'RUNNING', 'PAUSED'])

/** How long a worker has been at its job: one that took the place of another since then, one that is over up to its end. */
function ranMs({ status, started_at, created_at, updated_at }: WorkerView, now: Date): number {
  if (started_at === null) return 0
  const end = OPEN.has(status) ? now : updated_at
  return end.getTime() - Math.max(started_at.getTime(), created_at.getTime())
}

/** A worker with its history and what it uses, with all below it. */
export function toWorkerDetail(view: WorkerView, { history, task_count, usage, now }: Around): WorkerDetail {
  const isOpen = OPEN.has(view.status)
  const { cpu_percent, memory_mb } = isOpen ? usage : NOTHING_MEASURED
  return {
    ...toWorker(view),
    state_history: history.map(toStateChange),
    current_job_id: isOpen ? view.job_id : null,
    metrics: {
      cpu_percent: cpu_percent === null ? null : round(cpu_percent),
      memory_mb: memory_mb === null ? null : round(memory_mb),
      task_count,
      uptime_seconds: Math.max(0, Math.floor(ranMs(view, now) / MS)),
    },
  }
}

const isMachine = (topic: string): topic is MachineName => topic in MACHINES

/** How many of a machine's entities stand in a state: those that came into it without those that left it. */
function standing(tallies: readonly Tally[], machine: MachineName, state: string): number {
  const own = tallies.filter(({ topic }) => topic === machine)
  const came = own.filter(({ to_state }) => to_state === state)
  const left = own.filter(({ from_state }) => from_state === state)
  return sumOf(came) - sumOf(left)
}

const sumOf = (tallies: readonly Tally[]): number => tallies.reduce((sum, { count }) => sum + count, 0)

function timesOf(tallies: readonly Tally[]): SupervisorMetrics['time_in_state'] {
  return Object.entries(MACHINES).flatMap(([machine, { states }]) =>
    states.flatMap((state) => {
      const left = tallies.filter(({ topic, from_state }) => topic === machine && from_state === state)
      const count = sumOf(left)
      if (count === 0 || !isMachine(machine)) return []
      const total_ms = left.reduce((sum, tally) => sum + tally.total_ms, 0)
      return [{ machine, state, count, average_seconds: round(total_ms / count / MS) }]
    }),
  )
}

function requestsOf(tallies: readonly Tally[]): SupervisorMetrics['idempotency'] {
  const of = (kind: string) =>
    sumOf(tallies.filter(({ topic, to_state }) => topic === 'idempotency' && to_state === kind))
  const [hits, misses] = [of('hit'), of('miss')]
  return { hits, misses, hit_rate: hits + misses === 0 ? null : hits / (hits + misses) }
}

/** What has happened, as the tallies tell it. */
export function toMetrics(
  tallies: readonly Tally[],
  usage: { readonly cpu_percent: number; readonly memory_mb: number },
): SupervisorMetrics {
  const workers = (state: string) => standing(tallies, 'worker', state)
  const by_status = {
    IDLE: workers('IDLE'),
    RUNNING: workers('RUNNING'),
    PAUSED: workers('PAUSED'),
    COMPLETED: workers('COMPLETED'),
    FAILED: workers('FAILED'),
    TERMINATED: workers('TERMINATED'),
  }
  const came = (to: string) =>
    sumOf(tallies.filter(({ topic, to_state }) => topic === 'job' && to_state === to))
  return {
    total_workers: Object.values(by_status).reduce((sum, count) => sum + count, 0),
    workers_by_status: by_status,
    by_status,
    total_cpu_usage_percent: round(usage.cpu_percent),
    total_memory_usage_mb: round(usage.memory_mb),
    jobs: {
      submitted: came('SUBMITTED'),
      completed: came('COMPLETED'),
      failed: came('FAILED'),
      canceled: came('CANCELED'),
    },
    transitions: tallies.flatMap(({ topic, from_state, to_state, count }) =>
      isMachine(topic)
        ? [{ machine: topic, from: from_state === '' ? null : from_state, to: to_state, count }]
        : [],
    ),
    time_in_state: timesOf(tallies),
    rejected_transitions: sumOf(tallies.filter(({ topic }) => topic === 'refusal')),
    idempotency: requestsOf(tallies),
  }
}
