import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Secret } from '../../config/secret.ts'
import { migrateUp } from '../../db/migrate.ts'
import { openDatabase, type OpenDatabase } from '../../db/open.ts'
import { startPostgres, type Postgres } from '../../stack/postgres.ts'
import { startTemporal, type Temporal } from '../../stack/temporal.ts'

const NAMESPACE = 'default'
const POOL_SIZE = 4

/** PostgreSQL and Temporal as `npm start` runs them, on files that are gone in the end. */
export interface Ground extends AsyncDisposable {
  /** For logs and keys. */
  readonly folder: string
  readonly postgres: Postgres
  readonly temporal: Temporal
  /** The measuring process's own connections. */
  readonly db: OpenDatabase
}

/** Says on standard error what is being done, so that standard output holds only figures. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** Starts both servers, PostgreSQL with fsync, and migrates the database; throws StackFailure. */
export async function startGround(): Promise<Ground> {
  await using opened = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'waymark-bench-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  say('starting PostgreSQL and Temporal')
  const postgres = opened.use(await startPostgres({ durable: true, say }))
  const dataDir = join(folder, 'temporal')
  const temporal = opened.use(
    await startTemporal({ dataDir, namespace: NAMESPACE, ui: false, env: process.env, say }),
  )
  const db = opened.use(
    openDatabase({
      url: new Secret(postgres.url),
      poolSize: POOL_SIZE,
      application: 'waymark-bench',
      onConnectionError: (error) => say(error.message),
    }),
  )
  await migrateUp(db.write)
  const started = opened.move()
  return { folder, postgres, temporal, db, [Symbol.asyncDispose]: () => started.disposeAsync() }
}
