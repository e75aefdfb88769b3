// `node bench/cohort/main.ts`: a whole course starts the same assignment at once; how often is the model asked?
import { median } from '../ground/percentile.ts'
import { runBench } from '../ground/run-bench.ts'
import { say, startGround } from '../ground/start-ground.ts'
import { startWaymark } from '../ground/start-waymark.ts'
import { COURSES } from '../ground/stub-canvas.ts'
import { startRun, type Student } from '../ground/student.ts'
import { watchRuns } from '../ground/watch-runs.ts'
import { startSlowModel } from './slow-model.ts'

const STUDENTS = 200
const ANSWER_MS = 2_000
const ENROLLED_AT_ONCE = 10
const ASSIGNMENT = 1
const BUDGET_MS = 240_000

async function enrolAll(enrol: (name: string) => Promise<Student>): Promise<Student[]> {
  const students: Student[] = []
  while (students.length < STUDENTS) {
    const next = Array.from({ length: ENROLLED_AT_ONCE }, (_, index) => enrol(`s${students.length + index}`))
    students.push(...(await Promise.all(next)))
  }
  return students
}

async function measure(deadline: AbortSignal): Promise<string> {
  await using model = await startSlowModel(ANSWER_MS)
  await using ground = await startGround()
  await using waymark = await startWaymark(ground, {
    LLM_PROVIDER: 'openai-compatible',
    LLM_MODEL: 'slow',
    LLM_BASE_URL: model.baseUrl,
  })
  await using watch = await watchRuns(ground.db, deadline)
  say(`enrolling ${STUDENTS} students`)
  const students = await enrolAll(waymark.enrol)
  say('all of them start the same assignment')
  const begun = performance.now()
  const walls = await Promise.all(
    students.map(async (student) => {
      const { workspaceId } = await startRun(student, COURSES.text, ASSIGNMENT)
      await watch.ended(workspaceId, 'plan_ready')
      return performance.now() - begun
    }),
  )
  const calls = [...model.asked.values()].reduce((sum, count) => sum + count, 0)
  const steps = [...model.asked].map(([step, count]) => `${step} ${count}`).join(', ')
  const seconds = (ms: number): string => (ms / 1_000).toFixed(1)
  return [
    `| students | calls to the model | without sharing | first plan | median | last plan |`,
    `| --- | --- | --- | --- | --- | --- |`,
    `| ${STUDENTS} | ${calls} (${steps}) | ${STUDENTS * model.asked.size} | ${seconds(Math.min(...walls))} s | ${seconds(median(walls))} s | ${seconds(Math.max(...walls))} s |`,
  ].join('\n')
}

await runBench(measure, BUDGET_MS)
