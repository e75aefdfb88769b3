// `node bench/jobs/main.ts`: a tree of 1 + 10 + 100 submitted jobs from its acceptance to its end.
import { setTimeout as delay } from 'node:timers/promises'

import { Client, Connection } from '@temporalio/client'

import { jobWorkflowId } from '../../contract/ids.ts'
import type { JobDetail } from '../../contract/jobs.ts'
import { isTerminalJob } from '../../contract/machines.ts'
import { BenchFailure } from '../ground/bench-failure.ts'
import { percentile } from '../ground/percentile.ts'
import { runBench } from '../ground/run-bench.ts'
import { say, startGround } from '../ground/start-ground.ts'
import { startWaymark } from '../ground/start-waymark.ts'
import { enrolOperator, type Operator } from './operator.ts'

const ROUNDS = 3
const LOOK_EVERY_MS = 20
const TEN = Array.from({ length: 10 }, (_, index) => index + 1)
const TREE = TEN.map((part) => [`- Part ${part}`, ...TEN.map((step) => `  - Step ${step}`)].join('\n')).join(
  '\n',
)

interface Round {
  readonly seconds: number
  readonly jobs: number
  readonly held: number
  /** History events of the root, a part and a step. */
  readonly events: readonly [number, number, number]
}

async function untilEnded(operator: Operator, id: string, deadline: AbortSignal): Promise<JobDetail> {
  for (;;) {
    deadline.throwIfAborted()
    const job = await operator.read(id)
    if (isTerminalJob(job.status)) return job
    await delay(LOOK_EVERY_MS)
  }
}

async function countEvents(temporal: Client, id: string): Promise<number> {
  const { events } = await temporal.workflow.getHandle(jobWorkflowId(id)).fetchHistory()
  return events?.length ?? 0
}

async function runTree(operator: Operator, temporal: Client, deadline: AbortSignal): Promise<Round> {
  const begun = performance.now()
  const { id } = await operator.submit(TREE)
  const root = await untilEnded(operator, id, deadline)
  const seconds = (performance.now() - begun) / 1_000
  if (root.status !== 'COMPLETED')
    throw new BenchFailure(`the tree is ${root.status}: ${root.error?.message}`)
  const parts = await Promise.all(root.child_jobs.map((part) => operator.read(part.id)))
  const jobs = 1 + parts.length + parts.flatMap(({ child_jobs }) => child_jobs).length
  const [part] = parts
  const [step] = part?.child_jobs ?? []
  if (part === undefined || step === undefined) throw new BenchFailure('the tree has not grown')
  const events = await Promise.all([id, part.id, step.id].map((each) => countEvents(temporal, each)))
  const [ofRoot = 0, ofPart = 0, ofStep = 0] = events
  return { seconds, jobs, held: await operator.held(), events: [ofRoot, ofPart, ofStep] }
}

function render(rounds: readonly Round[]): string {
  const head = '| round | jobs | seconds | jobs/s | events: root, part, step | held at the end |'
  const rows = rounds.map(({ seconds, jobs, held, events }, index) => {
    const figures = [
      index + 1,
      jobs,
      seconds.toFixed(1),
      (jobs / seconds).toFixed(1),
      events.join(', '),
      held,
    ]
    return `| ${figures.join(' | ')} |`
  })
  const middle = percentile(
    rounds.map(({ seconds }) => seconds),
    0.5,
  )
  return [head, '| --- | --- | --- | --- | --- | --- |', ...rows, '', `median ${middle.toFixed(1)} s`].join(
    '\n',
  )
}

async function measure(deadline: AbortSignal): Promise<string> {
  await using ground = await startGround()
  await using waymark = await startWaymark(ground)
  const operator = await enrolOperator(waymark.student.origin, ground.postgres.url)
  const connection = await Connection.connect({ address: ground.temporal.address })
  await using closing = new AsyncDisposableStack()
  closing.defer(() => connection.close())
  const temporal = new Client({ connection, namespace: ground.temporal.namespace })
  say('warming up')
  await untilEnded(operator, (await operator.submit('- one\n- two')).id, deadline)
  const rounds: Round[] = []
  try {
    while (rounds.length < ROUNDS) {
      say(`tree ${rounds.length + 1} of ${ROUNDS}`)
      rounds.push(await runTree(operator, temporal, deadline))
    }
  } catch (error) {
    if (!deadline.aborted || rounds.length === 0) throw error
    say(`the time is up after ${rounds.length} of ${ROUNDS} trees`)
  }
  return render(rounds)
}

await runBench(measure)
