import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { endProcess } from './end-process.ts'
import { readIfThere } from './errno.ts'
import type { Account } from './postgres-account.ts'
import type { PostgresPrograms } from './postgres-programs.ts'
import { commandLine, processIdentity } from './process-identity.ts'
import { type Say, StackFailure, reasonOf } from './stack-failure.ts'

const run = promisify(execFile)
const INITDB_TIMEOUT_MS = 120_000

export const SUPERUSER = 'postgres'

/** How PostgreSQL is asked to end: fast, then at once, then not asked. */
export const POSTGRES_STOP = [
  { signal: 'SIGINT', graceMs: 15_000 },
  { signal: 'SIGQUIT', graceMs: 5_000 },
  { signal: 'SIGKILL', graceMs: 5_000 },
] as const

export interface Cluster {
  readonly folder: string
  readonly password: string
}

/** Opens the database cluster below `home`, made on the first call; a cut first call leaves nothing half made. */
export async function openCluster(
  home: string,
  programs: PostgresPrograms,
  account: Account | undefined,
  say: Say,
): Promise<Cluster> {
  const folder = join(home, 'cluster')
  const passwordFile = join(home, 'password')
  const isMade = (await stat(folder).catch(() => undefined)) !== undefined
  const known = await readIfThere(passwordFile)
  if (isMade && known === undefined) {
    throw new StackFailure(`${passwordFile} is missing: put it back, or remove ${folder} with all its data`)
  }
  const password = isMade && known !== undefined ? known : randomBytes(24).toString('base64url')
  if (!isMade) await makeCluster({ folder, passwordFile, password, programs, account })
  else await settleLeftover(folder, say)
  return { folder, password }
}

interface NewCluster extends Cluster {
  readonly passwordFile: string
  readonly programs: PostgresPrograms
  readonly account: Account | undefined
}

async function makeCluster({ folder, passwordFile, password, programs, account }: NewCluster): Promise<void> {
  const half = `${folder}.new`
  await rm(half, { recursive: true, force: true })
  await rm(passwordFile, { force: true })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (account !== undefined) await chown(passwordFile, account.uid, account.gid)
  const args = [
    `--pgdata=${half}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order of text on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  try {
    await run(programs.initdb, args, { ...account, cwd: '/', timeout: INITDB_TIMEOUT_MS })
  } catch (cause) {
    throw new StackFailure(`PostgreSQL could not make its data folder ${half}: ${reasonOf(cause)}`, { cause })
  }
  await rename(half, folder)
}

/** Ends a server that a killed run left on this cluster, or clears away the mark of one that is gone. */
async function settleLeftover(folder: string, say: Say): Promise<void> {
  const mark = join(folder, 'postmaster.pid')
  const pid = Number.parseInt((await readIfThere(mark)) ?? '', 10)
  if (Number.isNaN(pid)) return
  const identity = await processIdentity(pid)
  // The id may belong to anybody by now: only a server on this very folder is ours to end.
  if (identity !== undefined && (await commandLine(pid))?.includes(folder)) {
    say(`ending the PostgreSQL that an earlier run left behind (process ${pid})`)
    await endProcess(pid, identity, POSTGRES_STOP)
  }
  await rm(mark, { force: true })
}
