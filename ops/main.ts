import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'

import { ConfigError, readMigrationConfig } from '../config/env.ts'
import { isDatabaseAway, openDatabase, type OpenDatabase } from '../db/open.ts'
import { NotSteered } from './ask-api.ts'
import { failures, parked } from './failures.ts'
import { quota } from './quota.ts'
import { run } from './run.ts'
import { grant, revoke, showScopes } from './scopes.ts'
import { pause, resume, terminate } from './steer-worker.ts'
import { abandon, cancel, retry } from './steer.ts'
import { tree } from './tree.ts'
import { helpFor, NotThere, USAGE, WrongUsage, type CommandName } from './usage.ts'

const OPTIONS = {
  platform: { type: 'boolean', default: false },
  jobs: { type: 'string' },
  code: { type: 'string' },
  reason: { type: 'string' },
  json: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsOptionsConfig

interface Asked {
  readonly args: readonly string[]
  readonly platform: boolean
  readonly jobs: string | undefined
  readonly code: string | undefined
  readonly reason: string | undefined
  readonly json: boolean
  readonly dryRun: boolean
}

const COMMANDS: Readonly<Record<CommandName, (db: OpenDatabase, asked: Asked) => Promise<string>>> = {
  grant,
  revoke,
  scopes: showScopes,
  quota,
  tree,
  parked,
  failures,
  run,
  pause,
  resume,
  terminate,
  retry,
  abandon,
  cancel,
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (cause) {
    throw new WrongUsage(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

async function main(argv: readonly string[]): Promise<void> {
  const { values, positionals } = read(argv)
  const [name, ...args] = positionals
  if (values.help) return void process.stdout.write(USAGE)
  const command = Object.entries(COMMANDS).find(([known]) => known === name)?.[1]
  if (command === undefined) throw new WrongUsage(`There is no command ${name ?? '(none)'}.`)
  await using db = openDatabase({
    url: readMigrationConfig().DATABASE_URL,
    poolSize: 1,
    application: 'waymark-ops',
    // A query on the broken connection reports the same failure to whoever waits for it.
    onConnectionError: () => undefined,
  })
  const { platform, jobs, code, reason, json, 'dry-run': dryRun } = values
  process.stdout.write(await command(db, { args, platform, jobs, code, reason, json, dryRun }))
}

/** Whether PostgreSQL knows no such user, password or database: classes 28 and 3D of SQLSTATE. */
function isAccessRefused(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^(?:28|3D)\w{3}$/.test(error.code)
  )
}

const OURS = [ConfigError, WrongUsage, NotThere, NotSteered]

function wordsOf(error: unknown): string {
  if (isDatabaseAway(error))
    return 'PostgreSQL does not answer. Is it running, and is DATABASE_URL its address?'
  if (isAccessRefused(error))
    return `PostgreSQL answers and refuses this access: ${error.message}. Look at DATABASE_URL: its user, password and database.`
  const isOurs = OURS.some((each) => error instanceof each)
  // What the operator has to set right is said in one line; anything else needs its stack.
  if (!isOurs || !(error instanceof Error)) throw error
  return error instanceof WrongUsage
    ? `${error.message}\n${helpFor(process.argv.slice(2).find((each) => each in COMMANDS))}`
    : error.message
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${wordsOf(error)}\n`)
  process.exitCode = error instanceof WrongUsage ? 2 : 1
}
