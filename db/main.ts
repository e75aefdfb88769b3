import { setTimeout as delay } from 'node:timers/promises'

import { readMigrationConfig, readRotationConfig } from '../config/env.ts'
import { parseKeyRing } from '../config/key-ring.ts'
import { setDayBudget } from './intents/budgets.ts'
import { describeSchema } from './describe-schema.ts'
import { migrateDown, migrateUp, MigrationError, pendingMigrations } from './migrate.ts'
import { isDatabaseAway, openDatabase, type OpenDatabase } from './open.ts'
import { describeRewrapped, rewrapCredentials } from './rewrap-credentials.ts'

const WAIT_LIMIT_MS = 120_000
const WAIT_STEP_MS = 500

const USAGE = `node db/main.ts up      bring the database of DATABASE_URL up to date
node db/main.ts down    take back the newest migration
node db/main.ts status  name the migrations that are due; ends with 1 when there are any
node db/main.ts wait    wait until the database answers and is up to date
node db/main.ts schema  print the schema of the database
node db/main.ts rewrap  wrap the stored Canvas keys anew under the first key of CREDENTIAL_KEYS;
                        ends with 1 when some could not be opened
node db/main.ts budget EMAIL TOKENS|usual
                        let this account spend so many tokens of models a day, or as many as is usual
`

type Command = (db: OpenDatabase, args: readonly string[]) => Promise<string>

const COMMANDS: Readonly<Record<string, Command>> = {
  up: async ({ write }) => list('Migrated', await migrateUp(write), 'The database is up to date.'),
  down: async ({ write }) =>
    list('Taken back', await migrateDown(write), 'There is no migration to take back.'),
  status: async ({ write }) => {
    const due = await pendingMigrations(write)
    if (due.length > 0) process.exitCode = 1
    return list('Due', due, 'The database is up to date.')
  },
  wait: async ({ write }) => {
    await waitUntilMigrated(() => pendingMigrations(write), Date.now() + WAIT_LIMIT_MS)
    return 'The database is up to date.\n'
  },
  schema: ({ write }) => describeSchema(write),
  rewrap: async ({ write }) => {
    const keys = parseKeyRing(readRotationConfig().CREDENTIAL_KEYS.reveal())
    const rewrapped = await rewrapCredentials(write, keys)
    if (rewrapped.left.size > 0) process.exitCode = 1
    return describeRewrapped(rewrapped, keys.activeKekId)
  },
  budget: setBudget,
}

async function setBudget(
  { write }: OpenDatabase,
  [email = '', tokens = '']: readonly string[],
): Promise<string> {
  const limit = tokens === 'usual' ? null : Number(tokens)
  if (email === '' || (limit !== null && !(Number.isSafeInteger(limit) && limit >= 0 && tokens !== ''))) {
    process.exitCode = 2
    return USAGE
  }
  const isKnown = await setDayBudget(write, email, limit)
  if (!isKnown) process.exitCode = 1
  if (!isKnown) return `There is no account ${email}. Look at the spelling.\n`
  const words = limit === null ? 'as many tokens a day as is usual' : `${limit} tokens a day`
  return `${email} may spend ${words}. A run that waits for it goes on with a retry of its stage.\n`
}

function list(verb: string, names: readonly string[], none: string): string {
  return names.length === 0 ? `${none}\n` : names.map((name) => `${verb}: ${name}\n`).join('')
}

async function waitUntilMigrated(pending: () => Promise<readonly string[]>, until: number): Promise<void> {
  for (;;) {
    const state = await pending().catch((error: unknown) => {
      if (isDatabaseAway(error)) return error
      throw error
    })
    if (Array.isArray(state) && state.length === 0) return
    if (Date.now() > until) throw stillWaiting(state)
    await delay(WAIT_STEP_MS)
  }
}

function stillWaiting(state: unknown): MigrationError {
  const why = Array.isArray(state)
    ? `these migrations are due: ${state.join(', ')}`
    : 'the database does not answer'
  return new MigrationError(`Waited for ${WAIT_LIMIT_MS / 1_000} s, and still ${why}.`, { cause: state })
}

async function main(name: string | undefined, args: readonly string[]): Promise<void> {
  const command = COMMANDS[name ?? 'up']
  if (command === undefined) {
    process.stderr.write(USAGE)
    process.exitCode = 2
    return
  }
  await using db = openDatabase({
    url: readMigrationConfig().DATABASE_URL,
    poolSize: 2,
    application: 'waymark-migrate',
    // A table that has grown takes its time, and a migration is all or nothing.
    timeouts: { statementMs: 0, queryMs: 0 },
    // A query on the broken connection reports the same failure to whoever waits for it.
    onConnectionError: () => undefined,
  })
  process.stdout.write(await command(db, args))
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `: ${wordsOf(error.cause)}`
  return `${error.message === '' ? error.name : error.message}${cause}`
}

try {
  await main(process.argv[2], process.argv.slice(3))
} catch (error) {
  const hint = isDatabaseAway(error) ? ' Is PostgreSQL running, and is DATABASE_URL its address?' : ''
  process.stderr.write(`${wordsOf(error)}${hint}\n`)
  process.exitCode = 1
}
