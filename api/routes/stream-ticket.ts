import { issueStreamTicket } from '../../db/intents/tickets.ts'
import type { Handler } from '../route.ts'
import type { AccountDeps } from './account-deps.ts'

const TICKET_SECONDS = 30
const MS_PER_SECOND = 1_000

/** Makes a ticket that opens one stream in place of the token. */
export function createStreamTicket({ db }: AccountDeps): Handler<'createStreamTicket'> {
  return async ({ user }) => {
    const bearer = {
      user_id: user.sub,
      tenant_id: user.workspace_id,
      token_expires_at: new Date(user.exp * MS_PER_SECOND),
    }
    const expiresAt = new Date(Date.now() + TICKET_SECONDS * MS_PER_SECOND)
    const ticket = await issueStreamTicket(db.write, bearer, expiresAt)
    return { status: 201, body: { ticket, expires_in: TICKET_SECONDS } }
  }
}
