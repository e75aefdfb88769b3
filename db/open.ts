import { Kysely, PostgresDialect } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import pg from 'pg'

import type { Secret } from '../config/secret.ts'
import type { Database } from './schema.ts'
import { createClientClass } from './watched-client.ts'

export type ReadDb = ReadonlyKysely<Database>
export type WriteDb = Kysely<Database>

// Sequence numbers and counts stay far below 2^53, and JSON has no bigint.
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format),
}

// Without these a black-holed database hangs every caller for ever.
const CONNECT_TIMEOUT_MS = 2_000
const TIMEOUTS: QueryTimeouts = { statementMs: 6_000, queryMs: 8_000 }
const IDLE_TIMEOUT_MS = 30_000

export interface QueryTimeouts {
  /** The server ends a slow statement, or one that waits for a lock, after so long. */
  readonly statementMs: number
  /** A server that has not answered by then is taken for away; longer than `statementMs`, so that it may say why. */
  readonly queryMs: number
}

export interface DatabaseOptions {
  readonly url: Secret
  readonly poolSize: number
  /** Shown in pg_stat_activity. */
  readonly application: string
  /** Told of connections that broke while idle: they are replaced, the process lives on. */
  readonly onConnectionError: (error: Error) => void
  readonly timeouts?: QueryTimeouts
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
  const { statementMs, queryMs } = options.timeouts ?? TIMEOUTS
  const pool = new pg.Pool({
    ...connection,
    Client: createClientClass(),
    max: options.poolSize,
    query_timeout: queryMs,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: queryMs,
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
// Statement timeout, lock timeout, idle in transaction too long, deadlock, serialization failure: later it may work.
const BUSY_SQLSTATES = new Set(['57014', '55P03', '25P03', '40P01', '40001'])
const AWAY_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error|Client was closed and is not queryable/

/** Whether an error says that PostgreSQL is away, starting or too busy, rather than that the query is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (AWAY_SYSTEM_CODES.has(code) || AWAY_SQLSTATES.test(code) || BUSY_SQLSTATES.has(code)) return true
  if (AWAY_MESSAGES.test(error.message)) return true
  const parts = error instanceof AggregateError ? error.errors : [error.cause]
  return parts.some((part) => part !== undefined && isDatabaseAway(part))
}
