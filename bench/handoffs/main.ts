// `node bench/handoffs/main.ts`: how soon a build is started and advanced, alone and ten at once, and how long the roles take.
import { percentile } from '../ground/percentile.ts'
import { runBench, within } from '../ground/run-bench.ts'
import { say, startGround } from '../ground/start-ground.ts'
import { startWaymark } from '../ground/start-waymark.ts'
import { advanceBuild, finishBuild, startBuild } from './builds.ts'

const WARM_UP = 10
const STARTS = 100
const ROUNDS = 10
const AT_ONCE = 10
const BUILDS = 20

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

async function times(count: number, deadline: AbortSignal, work: () => Promise<unknown>): Promise<number[]> {
  const measured: number[] = []
  while (measured.length < count && !deadline.aborted) measured.push(await within(deadline, timed(work)))
  return measured
}

function row(name: string, values: readonly number[]): string {
  const figures = [0.5, 0.9, 0.99].map((share) => percentile(values, share).toFixed(1))
  return `| ${[name, values.length, ...figures].join(' | ')} |`
}

async function measure(deadline: AbortSignal): Promise<string> {
  await using ground = await startGround()
  await using waymark = await startWaymark(ground)
  const { student } = waymark
  say('warming up')
  await times(WARM_UP, deadline, async () => advanceBuild(student, await startBuild(student, false)))
  say(`starting ${STARTS} builds, one after the other`)
  const started: string[] = []
  const starts = await times(STARTS, deadline, async () => started.push(await startBuild(student, false)))
  const advances = await times(STARTS, deadline, () => advanceBuild(student, started.pop() ?? ''))
  say(`starting ${AT_ONCE} at once, ${ROUNDS} times`)
  const crowd = await times(ROUNDS, deadline, () =>
    Promise.all(Array.from({ length: AT_ONCE }, () => startBuild(student, false))),
  )
  say(`having ${BUILDS} builds worked by the roles`)
  let events = 0
  const whole = await times(BUILDS, deadline, async () => {
    events = await finishBuild(ground, await startBuild(student, true))
  })
  return [
    '| what | times | p50 ms | p90 ms | p99 ms |',
    '| --- | --- | --- | --- | --- |',
    row('POST start → 201', starts),
    row('POST advance → 200', advances),
    row(`${AT_ONCE} POST start at once → all answered`, crowd),
    row('start → complete, worked by the five roles', whole),
    '',
    `History of a build worked by the roles: ${events} events.`,
  ].join('\n')
}

await runBench(measure)
