import { leadOf } from '../contract/jobs/split-description.ts'
import type { OpenDatabase } from '../db/open.ts'
import { listChildJobs, type JobView } from '../db/read/jobs.ts'
import { requireJob } from './run.ts'

const WIDTH = 60
const STATUS_WIDTH = 'COMPLETED'.length

/** What a job is about, in one line. */
function nameOf({ kind, task_description, stage }: JobView): string {
  const [line = ''] = leadOf(task_description ?? '').split('\n')
  const name = line === '' ? `${kind}${stage === null ? '' : `, ${stage}`}` : line
  return name.length <= WIDTH ? name : `${name.slice(0, WIDTH - 2).trimEnd()} …`
}

function describe(job: JobView, branch: string): string {
  const attempt = job.attempt > 1 ? `, attempt ${job.attempt}` : ''
  const error = job.error === null ? '' : `, ${job.error.code}`
  return `${job.job_id}  ${job.status.padEnd(STATUS_WIDTH)}  ${branch}${nameOf(job)}${attempt}${error}\n`
}

async function describeBelow(db: OpenDatabase, job_id: string, indent: string): Promise<string> {
  const children = await listChildJobs(db.read, job_id)
  const lines: string[] = []
  for (const [index, child] of children.entries()) {
    const isLast = index === children.length - 1
    lines.push(describe(child, `${indent}${isLast ? '└─ ' : '├─ '}`))
    lines.push(await describeBelow(db, child.job_id, `${indent}${isLast ? '   ' : '│  '}`))
  }
  return lines.join('')
}

/** Prints a job with all that stands below it. Throws WrongUsage, NotThere. */
export async function tree(
  db: OpenDatabase,
  { args: [job_id] }: { readonly args: readonly string[] },
): Promise<string> {
  const root = await requireJob(db, job_id)
  return describe(root, '') + (await describeBelow(db, root.job_id, ''))
}
