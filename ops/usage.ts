import { SCOPES } from '../contract/scopes.ts'

export const USAGE = `npm run ops -- grant EMAIL SCOPE… [--platform]   let an account do more
npm run ops -- revoke EMAIL SCOPE… [--platform]  take scopes from it, or the sight of every tenant
npm run ops -- scopes EMAIL                      say what it may do
npm run ops -- quota TENANT DEPTH N [--jobs N]   let a tenant hold N workers at a depth, for as many jobs
npm run ops -- quota TENANT DEPTH usual          let it hold what QUOTAS says

npm run ops -- parked [--code CODE]              list the runs that wait for a person, for whom, and what to do
npm run ops -- failures [DAYS]                   count what failed by stage and code, in the last 7 days or so many
npm run ops -- tree JOB                          print a job with all that stands below it
npm run ops -- run JOB                           print all that happened to a run: when, what, by whom
npm run ops -- retry JOB --dry-run               say what a retry would run again and what it reuses

npm run ops -- pause RUN [--reason TEXT]         let a run end what it is at work with and begin nothing new
npm run ops -- resume RUN [--reason TEXT]        have a paused run go on
npm run ops -- terminate RUN --reason TEXT       end a run with its job and all that is open below it; its student may plan anew
npm run ops -- retry JOB [--reason TEXT]         take a parked run up again
npm run ops -- abandon JOB [--reason TEXT]       give a parked plan up: it is listed no more, and its student reads why
npm run ops -- cancel JOB [--reason TEXT]        cancel a job with all that is open below it

JOB is the id of a job (j_…), RUN that of a job or of its worker (w_…), TENANT the workspace_id of GET /auth/me.
With --json, all but the first five and tree print JSON for programs.
Exit codes: 0 done; 1 refused, absent or out of reach; 2 not understood.

The first five need the database alone, and there is no route for them: no token may give itself more.
Scopes: ${SCOPES.join(', ')}. With --platform the account sees the rows of every tenant.
They take effect with the next sign-in or refresh.

The same over HTTP, within the tenant of a token, or in all with a platform operator's:
  parked             GET /jobs?status=FAILED&kind=plan and GET /jobs?status=FAILED&kind=masterplan, jobs:read:
                     those no other job is the retry_of and that are not superseded; metadata holds course_id and
                     assignment_id, and GET /jobs/{job_id} the code and the next step in its error; and what was
                     set aside for want of budget: GET /supervisor/workers?status=PAUSED, supervisor:read
  failures           GET /jobs?status=FAILED, then GET /jobs/{job_id} of each for its error.code, jobs:read:
                     updated_at in those days, counted by kind, stage and code
  tree               GET /jobs?parent_job_id={job_id}, and so on down, jobs:read
  run                GET /jobs/{job_id}                jobs:read: state_history; what it told is on the events route
                     of its assignment, masterplan or build, as the student
  retry --dry-run    GET /masterplans/{id}, GET /assignments/{course_id}/{assignment_id}, as the student
  pause, resume      POST /supervisor/workers/{worker_id}/pause, /resume   supervisor:write
  terminate          POST /supervisor/workers/{worker_id}/terminate        supervisor:write
  retry, abandon, cancel   POST /jobs/{job_id}/retry, /abandon, /cancel    jobs:write
The last three lines ask just that of the API at WAYMARK_API, with the token in WAYMARK_TOKEN or WAYMARK_TOKEN_FILE.
`

/** One call of each command, as it may be typed. */
const EXAMPLES = {
  grant: 'grant ana@example.org jobs:read jobs:write',
  revoke: 'revoke ana@example.org jobs:write',
  scopes: 'scopes ana@example.org',
  quota: 'quota 4f3c2b1a-0d9e-4c8b-a7f6-5e4d3c2b1a00 1 20 --jobs 5',
  parked: 'parked --code MODEL_UNAVAILABLE',
  failures: 'failures 7',
  tree: 'tree j_0123456789ab',
  run: 'run j_0123456789ab',
  retry: 'retry j_0123456789ab --dry-run',
  pause: 'pause w_0123456789ab --reason "A look first"',
  resume: 'resume w_0123456789ab',
  terminate: 'terminate w_0123456789ab --reason "Planned for the wrong course"',
  abandon: 'abandon j_0123456789ab --reason "Its student has left the course"',
  cancel: 'cancel j_0123456789ab --reason "Asked for twice"',
} as const

export type CommandName = keyof typeof EXAMPLES

/** What an operator typed does not fit; the message says what does. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}

/** How a command is typed, or all of them where the one that was meant is not known. */
export function helpFor(name: string | undefined): string {
  const example = Object.entries(EXAMPLES).find(([known]) => known === name)?.[1]
  return example === undefined
    ? `\n${USAGE}`
    : `For example: npm run ops -- ${example}\nEverything it can do: npm run ops -- --help`
}

/** What was asked for is not there; the message says what to do. */
export class NotThere extends Error {
  override readonly name = 'NotThere'
}
