// `node bench/engine/main.ts`: a planning run against a bare workflow of six activities on the same server.
import { runBench } from '../ground/run-bench.ts'
import { say, startGround } from '../ground/start-ground.ts'
import { startWaymark, type Waymark } from '../ground/start-waymark.ts'
import { COURSES } from '../ground/stub-canvas.ts'
import { startRun } from '../ground/student.ts'
import { watchRuns, type RunWatch } from '../ground/watch-runs.ts'
import { closedLoop, type LoopPlan } from './closed-loop.ts'
import { measureLoop, type Contender, type Figures } from './measure-loop.ts'
import { readParts } from './read-parts.ts'
import { renderFigures, renderParts } from './render.ts'
import { startBare, type Bare } from './start-bare.ts'

const ROUNDS = 3
const ALONE: LoopPlan = { concurrency: 1, total: 25, forMs: 2_500 }
const CROWD: LoopPlan = { concurrency: 50, total: 100, forMs: 2_500 }
const WARM_UP: LoopPlan = { concurrency: 4, total: 12, forMs: 3_000 }

interface Planning extends Contender {
  /** The workspaces it has planned one at a time. */
  readonly alone: string[]
}

function planning(
  name: string,
  courseId: string,
  { api, worker, student }: Waymark,
  watch: RunWatch,
): Planning {
  const alone: string[] = []
  let assignments = 0
  const run = async (concurrency: number): Promise<void> => {
    const { workspaceId } = await startRun(student, courseId, ++assignments)
    await watch.ended(workspaceId, 'plan_ready')
    if (concurrency === 1) alone.push(workspaceId)
  }
  return { name, workers: [api.pid, worker.pid], run, alone }
}

const bareContender = (bare: Bare): Contender => ({
  name: 'bare, six activities',
  workers: [bare.worker.pid],
  run: () => bare.run(),
})

async function measure(deadline: AbortSignal): Promise<string> {
  await using ground = await startGround()
  await using waymark = await startWaymark(ground)
  await using bare = await startBare(ground, deadline)
  await using watch = await watchRuns(ground.db, deadline)
  const text = planning('planning run, plain text', COURSES.text, waymark, watch)
  const html = planning('planning run, HTML', COURSES.html, waymark, watch)
  const sixSteps = bareContender(bare)
  const servers = { temporal: ground.temporal.child.pid, postgres: ground.postgres.child.pid }
  say('warming up')
  for (const contender of [sixSteps, text, html])
    await closedLoop(WARM_UP, deadline, () => contender.run(WARM_UP.concurrency))
  const figures: Figures[] = []
  // A crowd of HTML would measure how many child processes a machine can start a second.
  const plans = [
    [ALONE, [sixSteps, text, html]],
    [CROWD, [sixSteps, text]],
  ] as const
  let rounds = 0
  try {
    for (; rounds < ROUNDS; rounds++) {
      say(`round ${rounds + 1} of ${ROUNDS}`)
      for (const [plan, contenders] of plans)
        for (const contender of contenders)
          figures.push(await measureLoop(contender, plan, servers, deadline))
    }
  } catch (error) {
    if (!deadline.aborted || rounds === 0) throw error
    say(`the time is up after ${rounds} of ${ROUNDS} rounds`)
  }
  const db = ground.db.write
  const parts = [text, html].map(
    async ({ name, alone }) =>
      `Where the time of a ${name} goes (medians, ms):\n\n${renderParts(await readParts(db, alone))}`,
  )
  return [renderFigures(figures), ...(await Promise.all(parts))].join('\n\n')
}

await runBench(measure)
