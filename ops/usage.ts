import { SCOPES } from '../contract/scopes.ts'

export const USAGE = `npm run ops -- grant EMAIL SCOPE… [--platform]   let an account do more
npm run ops -- revoke EMAIL SCOPE… [--platform]  take scopes from it, or the sight of every tenant
npm run ops -- scopes EMAIL                      say what it may do
npm run ops -- quota TENANT DEPTH N [--jobs N]   let a tenant hold N workers at a depth, for as many jobs
npm run ops -- quota TENANT DEPTH usual          let it hold what QUOTAS says
npm run ops -- tree JOB                          print a job with all that stands below it

Scopes: ${SCOPES.join(', ')}. With --platform the account sees the rows of every tenant.
They take effect with the next sign-in or refresh. TENANT is the workspace_id of GET /auth/me.
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
