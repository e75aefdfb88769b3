import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import getPort from 'get-port'
import { Client } from 'pg'
import { type Child, startChild } from './child.ts'
import { type Account, postgresAccount } from './postgres-account.ts'
import { type Cluster, POSTGRES_STOP, SUPERUSER, openCluster } from './postgres-cluster.ts'
import { postgresHome } from './postgres-home.ts'
import { type PostgresPrograms, postgresPrograms } from './postgres-programs.ts'
import { waitUntilReady } from './ready.ts'
import { type Say } from './stack-failure.ts'

const HOST = '127.0.0.1'
const DATABASE = 'waymark'
const START_TIMEOUT_MS = 60_000
const RETRY_MS = 200
const CONNECT_TIMEOUT_MS = 2_000

export interface PostgresOptions {
  /** Where data is kept across runs; the caller keeps other runs away from it. Absent: temporary, gone at the end. */
  readonly dataDir?: string
  /** The port to prefer; another one is taken when it is in use. */
  readonly port?: number
  /** False trades every promise about a crash for speed: tests only. */
  readonly durable: boolean
  readonly logFile?: string
  readonly say: Say
  readonly signal?: AbortSignal
}

export interface Postgres extends AsyncDisposable {
  /** Of the database `waymark`, as its owner. */
  readonly url: string
  readonly child: Child
  stop(): Promise<void>
}

/** Starts PostgreSQL on loopback with the database `waymark`, and heals what a killed run left; throws StackFailure. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const account = await postgresAccount(options.say)
  const programs = await postgresPrograms(account, options.say)
  const wanted = options.dataDir ?? (await temporaryFolder())
  const home = await postgresHome(wanted, account, options.say)
  const cluster = await openCluster(home, programs, account, options.say)
  const logFile = options.logFile ?? join(wanted, 'postgres.log')
  const { child, url } = await launch({ options, programs, account, cluster, logFile })
  const stop = async (): Promise<void> => {
    await child.stop()
    if (options.dataDir !== undefined) return
    for (const folder of [home, wanted]) await rm(folder, { recursive: true, force: true })
  }
  return { url, child, stop, [Symbol.asyncDispose]: stop }
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-postgres-'))
  await chmod(folder, 0o700)
  return folder
}

interface Launch {
  readonly options: PostgresOptions
  readonly programs: PostgresPrograms
  readonly account: Account | undefined
  readonly cluster: Cluster
  readonly logFile: string
}

type Started = Pick<Postgres, 'child' | 'url'>

async function launch(plan: Launch): Promise<Started> {
  for (const until = Date.now() + START_TIMEOUT_MS; ; await delay(RETRY_MS)) {
    const port = await getPort({ host: HOST, ...(plan.options.port && { port: plan.options.port }) })
    const child = await startServer(plan, port)
    const url = `postgresql://${SUPERUSER}:${plan.cluster.password}@${HOST}:${port}`
    try {
      await waitUntilReady(child, () => ensureDatabase(url), {
        timeoutMs: START_TIMEOUT_MS,
        signal: plan.options.signal,
      })
      return { child, url: `${url}/${DATABASE}` }
    } catch (thrown) {
      const passing = child.exit() !== undefined && willPass(child.output())
      await child.stop()
      if (!passing || Date.now() > until) throw thrown
    }
  }
}

/** Decides from its log whether a server that ended would start if asked again a moment later. */
export function willPass(log: string): boolean {
  // Back ends of a killed server hold its memory until they notice; a free port can be taken meanwhile.
  return /pre-existing shared memory block|Address already in use|could not bind/.test(log)
}

function startServer({ options, programs, account, cluster, logFile }: Launch, port: number): Promise<Child> {
  const settings = [
    `listen_addresses=${HOST}`,
    // No socket file: nothing of another run in /tmp can be in the way.
    'unix_socket_directories=',
    'max_connections=200',
    // The details of an error quote the row it is about: what teachers and students write is not for a log.
    'log_error_verbosity=terse',
    ...(options.durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ]
  return startChild({
    name: 'PostgreSQL',
    command: programs.postgres,
    args: ['-D', cluster.folder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    cwd: '/',
    account,
    logFile,
    stopSteps: POSTGRES_STOP,
  })
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new Client({
    connectionString: `${url}/postgres`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  })
  // Without a listener a connection lost between two queries would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}
