import { processorTime } from '../ground/processor-time.ts'
import { closedLoop, type LoopFigures, type LoopPlan } from './closed-loop.ts'

/** Something that is run against something else. */
export interface Contender {
  readonly name: string
  /** Its processes, the servers apart. */
  readonly workers: readonly number[]
  run(concurrency: number): Promise<void>
}

export interface Servers {
  readonly temporal: number
  readonly postgres: number
}

/** Milliseconds of processor time for each run. */
export interface Processor {
  /** The measuring client, and what was started for it: API, worker, its document readers. */
  readonly ours: number
  readonly temporal: number
  readonly postgres: number
}

export interface Figures extends LoopFigures {
  readonly contender: string
  readonly concurrency: number
  readonly processor: Processor
}

const MS_PER_US = 1 / 1_000

/** Takes one contender once through a closed loop, with the processor time it took. */
export async function measureLoop(
  contender: Contender,
  loop: LoopPlan,
  servers: Servers,
  deadline: AbortSignal,
): Promise<Figures> {
  const groups = [contender.workers, [servers.temporal], [servers.postgres]]
  const times = () => Promise.all(groups.map(processorTime))
  const before = await times()
  const ownBefore = process.cpuUsage()
  const figures = await closedLoop(loop, deadline, () => contender.run(loop.concurrency))
  const { user, system } = process.cpuUsage(ownBefore)
  const after = await times()
  const [workers = 0, temporal = 0, postgres = 0] = after.map(
    (time, index) => (time - (before[index] ?? 0)) / figures.done,
  )
  const own = ((user + system) * MS_PER_US) / figures.done
  const processor = { ours: own + workers, temporal, postgres }
  return { ...figures, contender: contender.name, concurrency: loop.concurrency, processor }
}
