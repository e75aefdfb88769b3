import { Kysely, PostgresDialect } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import pg from 'pg'

import type { Secret } from '../config/secret.ts'
import type { Database } from './schema.ts'

export type ReadDb = ReadonlyKysely<Database>
export type WriteDb = Kysely<Database>

// Sequence numbers and counts stay far below 2^53, and JSON has no bigint.
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format),
}

// Without these a black-holed database hangs every caller for ever.
const CONNECT_TIMEOUT_MS = 2_000
const QUERY_TIMEOUT_MS = 8_000
const IDLE_TIMEOUT_MS = 30_000

export interface DatabaseOptions {
  readonly url: Secret
  readonly poolSize: number
  /** Shown in pg_stat_activity. */
  readonly application: string
  /** Told of connections that broke while idle: they are replaced, the process lives on. */
  readonly onConnectionError: (error: Error) => void
}

export interface OpenDatabase extends AsyncDisposable {
  readonly read: ReadDb
  readonly write: WriteDb
  /** A connection of its own outside the pool, for LISTEN; the caller connects and ends it. */
  connection(): pg.Client
}

/** Opens the pool lazily: no connection is made before the first query. */
export function openDatabase(options: DatabaseOptions): OpenDatabase {
  const connection = {
    connectionString: options.url.reveal(),
    application_name: options.application,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types,
  }
  const pool = new pg.Pool({
    ...connection,
    max: options.poolSize,
    query_timeout: QUERY_TIMEOUT_MS,
    statement_timeout: QUERY_TIMEOUT_MS,
    idle_in_transaction_session_timeout: QUERY_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
  })
  pool.on('error', options.onConnectionError)
  const write = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  return {
    write,
    // kysely's own way to narrow a handle (documentation of ReadonlyKysely).
    read: write as never,
    connection: () => new pg.Client(connection),
    [Symbol.asyncDispose]: () => write.destroy(),
  }
}

const AWAY_SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
])
// Class 08 connection exceptions, 53 out of resources, 57P shutdown; appendix A of the PostgreSQL manual.
const AWAY_SQLSTATES = /^(08|53|57P0)/
const AWAY_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error/

/** Whether an error says that PostgreSQL is away or starting, rather than that the query is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (AWAY_SYSTEM_CODES.has(code) || AWAY_SQLSTATES.test(code) || AWAY_MESSAGES.test(error.message))
    return true
  const parts = error instanceof AggregateError ? error.errors : [error.cause]
  return parts.some((part) => part !== undefined && isDatabaseAway(part))
}
