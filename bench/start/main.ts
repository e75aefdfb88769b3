// `node bench/start/main.ts`: how soon a start is accepted, and how soon its first event is stored and seen.
import { percentile } from '../ground/percentile.ts'
import { runBench } from '../ground/run-bench.ts'
import { say, startGround } from '../ground/start-ground.ts'
import { startWaymark } from '../ground/start-waymark.ts'
import { watchRuns } from '../ground/watch-runs.ts'
import { timeStart, type StartTimes } from './first-event.ts'

const STARTS = 200
const WARM_UP = 20

const ROWS: readonly (readonly [string, (times: StartTimes) => number])[] = [
  ['POST start → accepted', ({ accepted }) => accepted],
  ['POST start → first event stored', ({ stored }) => stored],
  ['POST start → first event at the client', ({ seen }) => seen],
]

function render(times: readonly StartTimes[]): string {
  const lines = ROWS.map(([name, pick]) => {
    const values = times.map(pick)
    const figures = [0.5, 0.9, 0.99].map((share) => percentile(values, share).toFixed(1))
    return `| ${[name, values.length, ...figures].join(' | ')} |`
  })
  return ['| what | starts | p50 ms | p90 ms | p99 ms |', '| --- | --- | --- | --- | --- |', ...lines].join(
    '\n',
  )
}

async function measure(deadline: AbortSignal): Promise<string> {
  await using ground = await startGround()
  await using waymark = await startWaymark(ground)
  await using watch = await watchRuns(ground.db, deadline)
  const starter = { student: waymark.student, watch, db: ground.db.read, deadline }
  say('warming up')
  let assignments = 0
  while (assignments < WARM_UP) await timeStart(starter, ++assignments)
  say(`starting ${STARTS} runs`)
  const times: StartTimes[] = []
  try {
    while (times.length < STARTS) times.push(await timeStart(starter, ++assignments))
  } catch (error) {
    if (!deadline.aborted || times.length === 0) throw error
    say(`the time is up after ${times.length} of ${STARTS} starts`)
  }
  return render(times)
}

await runBench(measure)
