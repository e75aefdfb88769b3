import { ALL_TENANTS, findScope, SCOPES, type Scope } from '../contract/scopes.ts'
import { grantScopes, revokeScopes, type Granted } from '../db/intents/scopes.ts'
import type { OpenDatabase } from '../db/open.ts'
import { findAccountByEmail } from '../db/read/accounts.ts'
import { NotThere, WrongUsage } from './usage.ts'

interface Asked {
  readonly args: readonly string[]
  readonly platform: boolean
}

function toScope(name: string): Scope {
  const scope = findScope(name)
  if (scope === undefined) throw new WrongUsage(`There is no scope ${name}. There are ${SCOPES.join(', ')}.`)
  return scope
}

function readChange({ args: [email, ...names], platform }: Asked) {
  if (email === undefined) throw new WrongUsage('Name the account by its e-mail address.')
  if (names.length === 0 && !platform) throw new WrongUsage('Name at least one scope.')
  return { email, scopes: names.map(toScope), platform }
}

function say(email: string, granted: Granted | undefined | null): string {
  if (granted === undefined || granted === null)
    throw new NotThere(`There is no account ${email}. Look at the spelling.`)
  const { scopes, is_platform } = granted
  const may = scopes.length === 0 ? 'no scopes' : scopes.join(' ')
  const where = is_platform ? `every tenant (${ALL_TENANTS})` : 'its own tenant'
  return `${email}: ${may}, in ${where}\n`
}

/** Grants scopes to an account, and the sight of every tenant with `--platform`. Throws WrongUsage, NotThere. */
export async function grant({ write }: OpenDatabase, asked: Asked): Promise<string> {
  const change = readChange(asked)
  return say(change.email, await grantScopes(write, change))
}

/** Takes scopes from an account, and the sight of every tenant with `--platform`. Throws WrongUsage, NotThere. */
export async function revoke({ write }: OpenDatabase, asked: Asked): Promise<string> {
  const change = readChange(asked)
  return say(change.email, await revokeScopes(write, change))
}

/** Says what an account may do. Throws WrongUsage, NotThere. */
export async function showScopes({ read }: OpenDatabase, { args: [email] }: Asked): Promise<string> {
  if (email === undefined) throw new WrongUsage('Name the account by its e-mail address.')
  return say(email, await findAccountByEmail(read, email.trim().toLowerCase()))
}
