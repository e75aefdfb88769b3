import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chown, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Account } from './postgres-account.ts'
import { type Say, StackFailure } from './stack-failure.ts'

const run = promisify(execFile)

/** Where every user can go: used when root's checkout lies where only root can, such as below /root. */
export const OPEN_FOLDER = '/var/lib/waymark'

/** The folder for PostgreSQL's data: `wanted`, or one elsewhere that its account can reach, told to the person. */
export async function postgresHome(
  wanted: string,
  account: Account | undefined,
  say: Say,
  openFolder: string = OPEN_FOLDER,
): Promise<string> {
  await mkdir(wanted, { recursive: true, mode: 0o700 })
  if (account === undefined || (await givenTo(wanted, account))) return wanted
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12)
  const elsewhere = join(openFolder, `data-${name}`)
  say(`the user "postgres" cannot enter ${wanted}: the database lies in ${elsewhere}`)
  await mkdir(openFolder, { recursive: true, mode: 0o755 })
  await mkdir(elsewhere, { recursive: true, mode: 0o700 })
  if (await givenTo(elsewhere, account)) return elsewhere
  const advice = 'move the checkout out of a folder that only root can enter, or set DATABASE_URL'
  throw new StackFailure(`PostgreSQL can reach neither ${wanted} nor ${elsewhere}: ${advice}`)
}

/** Hands a folder to the account and lets it try: only that tells of mounts, access lists and closed parents. */
async function givenTo(folder: string, account: Account): Promise<boolean> {
  try {
    await chown(folder, account.uid, account.gid)
    await run('/bin/sh', ['-c', 'cd "$1" && : > .reach && rm .reach', 'sh', folder], { ...account, cwd: '/' })
    return true
  } catch (thrown) {
    if (thrown instanceof Error) return false
    throw thrown
  }
}
