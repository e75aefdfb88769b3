import { execFile } from 'node:child_process'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'
import type { Say } from './stack-failure.ts'
import { StackFailure } from './stack-failure.ts'

const run = promisify(execFile)

export interface Account {
  readonly uid: number
  readonly gid: number
}

/** Whom PostgreSQL runs as, which refuses to be root: undefined for ourselves, else the user `postgres`, made if needed. */
export async function postgresAccount(say: Say): Promise<Account | undefined> {
  if (userInfo().uid !== 0) return undefined
  const known = await findAccount()
  if (known !== undefined) return known
  say('PostgreSQL does not run as root: adding the system user "postgres"')
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
  } catch (cause) {
    const advice = 'run this as another user, or point DATABASE_URL at a PostgreSQL of yours'
    throw new StackFailure(`PostgreSQL does not run as root and no user could be added: ${advice}`, { cause })
  }
  const made = await findAccount()
  if (made === undefined) throw new StackFailure('the user "postgres" was added but cannot be found')
  return made
}

async function findAccount(): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch (thrown) {
    // id ends with 1 when there is no such user.
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 1) return undefined
    throw thrown
  }
}
