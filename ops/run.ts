import type { OpenDatabase } from '../db/open.ts'
import { isPaused as isPausedJob } from '../db/read/held-below.ts'
import { findJob, findSuccessor, type JobView } from '../db/read/jobs.ts'
import { readTimeline } from '../db/read/timeline.ts'
import { nextStep } from './next-step.ts'
import { printRows } from './print-rows.ts'
import { NotThere, WrongUsage } from './usage.ts'

interface Asked {
  readonly args: readonly string[]
  readonly json: boolean
}

/** The job an operator named. Throws WrongUsage, NotThere. */
export async function requireJob({ read }: OpenDatabase, job_id: string | undefined): Promise<JobView> {
  if (job_id === undefined) throw new WrongUsage('Name the job by its id.')
  const job = await findJob(read, { job_id, tenant_id: null })
  if (job === undefined) throw new NotThere(`There is no job ${job_id}. GET /jobs lists those there are.`)
  return job
}

interface Beside {
  readonly isPaused: boolean
  /** The job that took this one's place; null while none has. */
  readonly successor: string | null
}

async function lookBeside({ read }: OpenDatabase, { job_id }: JobView): Promise<Beside> {
  const [isPaused, successor] = await Promise.all([isPausedJob(read, job_id), findSuccessor(read, job_id)])
  return { isPaused, successor }
}

function headOf(job: JobView, { isPaused, successor }: Beside): string {
  const { job_id, kind, status, attempt, stage, error, retry_of, course_id, assignment_id } = job
  const next = successor === null ? nextStep(error?.code ?? null) : null
  const tried = attempt > 1 ? `, attempt ${attempt}, after ${retry_of ?? 'another'}` : ''
  const lines = [
    `${job_id}  ${kind}, ${status}${isPaused ? ', paused: "resume" has it go on' : ''}${tried}`,
    ...(successor === null ? [] : [`  went on as ${successor}`]),
    ...(course_id === null ? [] : [`  assignment ${assignment_id} of course ${course_id}`]),
    ...(error === null ? [] : [`  ${error.code} at ${error.stage ?? stage ?? 'no stage'}`]),
    ...(next === null ? [] : [`  to be done by ${next.waits_for}: ${next.next_step}`]),
  ]
  return `${lines.join('\n')}\n\n`
}

/** Prints all that happened to one run, in the order of time. Throws WrongUsage, NotThere. */
export async function run(db: OpenDatabase, { args: [job_id], json }: Asked): Promise<string> {
  const job = await requireJob(db, job_id)
  const moments = (await readTimeline(db.read, job)).map((moment) => ({ ...moment }))
  const columns = ['at', 'what', 'told', 'who', 'reason']
  const printed = printRows(moments, { json, columns, none: 'Nothing has happened to it yet.' })
  return json ? printed : headOf(job, await lookBeside(db, job)) + printed
}
