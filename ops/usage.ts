import { SCOPES } from '../contract/scopes.ts'

export const USAGE = `npm run ops -- grant EMAIL SCOPE… [--platform]   let an account do more
npm run ops -- revoke EMAIL SCOPE… [--platform]  take scopes from it, or the sight of every tenant
npm run ops -- scopes EMAIL                      say what it may do
npm run ops -- quota TENANT DEPTH N [--jobs N]   let a tenant hold N workers at a depth, for as many jobs
npm run ops -- quota TENANT DEPTH usual          let it hold what QUOTAS says
npm run ops -- tree JOB                          print a job with all that stands below it
npm run ops -- parked [--code CODE] [--json]     list the runs that wait for a person
npm run ops -- failures [DAYS] [--json]          count what failed by stage and code, in the last 7 days or so many
npm run ops -- run JOB [--json]                  print all that happened to a run: when, what, by whom
npm run ops -- retry JOB --dry-run [--json]      say what a retry would run again and what it reuses
npm run ops -- retry JOB [--reason TEXT]         take a parked run up again
npm run ops -- cancel JOB [--reason TEXT]        cancel a job with all that is open below it

Scopes: ${SCOPES.join(', ')}. With --platform the account sees the rows of every tenant.
They take effect with the next sign-in or refresh. TENANT is the workspace_id of GET /auth/me.
retry and cancel ask the API at WAYMARK_API, with a token in WAYMARK_TOKEN or WAYMARK_TOKEN_FILE that has jobs:write.
`

/** What an operator typed does not fit; the message says what does. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'

  constructor(why: string, options?: ErrorOptions) {
    super(`${why}\n\n${USAGE}`, options)
  }
}

/** What was asked for is not there; the message says what to do. */
export class NotThere extends Error {
  override readonly name = 'NotThere'
}
