import { RUN_ERRORS } from '../contract/run-errors.ts'
import type { OpenDatabase } from '../db/open.ts'
import { countFailures, listParkedRuns } from '../db/read/failures.ts'
import { nextStep } from './next-step.ts'
import { printRows } from './print-rows.ts'
import { WrongUsage } from './usage.ts'

const MOST = 500
const MS_PER_DAY = 86_400_000
const USUAL_DAYS = 7
const LONGEST_DAYS = 3_650
const ABOUT = ['course_id', 'assignment_id']
const NEXT = ['waits_for', 'next_step']

interface Asked {
  readonly args: readonly string[]
  readonly code: string | undefined
  readonly json: boolean
}

function readCode(code: string | undefined): string | undefined {
  if (code === undefined || Object.hasOwn(RUN_ERRORS, code)) return code
  throw new WrongUsage(`There is no code ${code}. There are ${Object.keys(RUN_ERRORS).join(', ')}.`)
}

/** Prints the runs that wait for a person, for whom they wait and what that one does. Throws WrongUsage. */
export async function parked({ read }: OpenDatabase, { code, json }: Asked): Promise<string> {
  const runs = await listParkedRuns(read, { code: readCode(code), limit: MOST })
  const columns = ['since', 'job_id', 'kind', ...ABOUT, 'stage', 'code', 'attempt', 'tenant_id', ...NEXT]
  return printRows(
    runs.map((run) => ({ ...run, ...nextStep(run.code) })),
    { json, columns, none: 'No run waits for a person.' },
  )
}

/** Prints how often what failed in the last days, why, and what is to be done about it. Throws WrongUsage. */
export async function failures({ read }: OpenDatabase, { args: [days], json }: Asked): Promise<string> {
  const asked = days ?? String(USUAL_DAYS)
  if (!/^\d{1,4}$/.test(asked) || Number(asked) < 1 || Number(asked) > LONGEST_DAYS)
    throw new WrongUsage(`DAYS must be a whole number from 1 to ${LONGEST_DAYS}.`)
  const since = new Date(Date.now() - Number(asked) * MS_PER_DAY)
  const counts = await countFailures(read, { since })
  const columns = ['count', 'kind', 'stage', 'code', 'last_at', 'newest_job_id', ...ABOUT, ...NEXT]
  return printRows(
    counts.map((each) => ({ ...each, ...nextStep(each.code) })),
    { json, columns, none: `Nothing failed in the last ${asked} days.` },
  )
}
