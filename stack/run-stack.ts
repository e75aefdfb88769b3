import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import getPort from 'get-port'
import type { Child } from './child.ts'
import { LEFT_AT, readDatabaseUrl } from './database-url.ts'
import { holdPlace } from './hold-place.ts'
import { startPostgres } from './postgres.ts'
import { keepRunning, type Kept } from './keep-running.ts'
import { type NodeProcess, runToEnd, untilOneDies } from './processes.ts'
import { loadSecrets } from './secrets.ts'
import type { Say } from './stack-failure.ts'
import { namesTemporal, useOwnTemporal, withTemporal } from './temporal-settings.ts'
import { startTemporal } from './temporal.ts'

// The ports that people find things on; each gives way to a free one when it is taken.
const PORTS = { postgres: 54_320, temporal: 7_233, temporalUi: 8_233, api: 4_000, worker: 4_001 }

export interface StackOptions {
  /** Where data, keys and logs are kept. */
  readonly folder: string
  readonly env: Readonly<NodeJS.ProcessEnv>
  readonly say: Say
  readonly signal: AbortSignal
}

export interface Stack extends AsyncDisposable {
  readonly apiUrl: string
  readonly temporalAddress: string
  /** Null when the Temporal server is the user's own. */
  readonly temporalUiUrl: string | null
  /** Rejects when a part ends by itself that cannot be started again beside the others. */
  readonly died: Promise<never>
}

interface Building {
  readonly options: StackOptions
  readonly parts: AsyncDisposableStack
  readonly children: Child[]
  readonly kept: Kept[]
}

/** Starts everything one machine needs, in order; disposing it ends, in the opposite order, what was started. */
export async function runStack(options: StackOptions): Promise<Stack> {
  await using parts = new AsyncDisposableStack()
  parts.use(await holdPlace(options.folder))
  const building: Building = { options, parts, children: [], kept: [] }
  const { env, ui } = await startGround(building)
  const apiUrl = await startOurs(building, env)
  const started = parts.move()
  return {
    apiUrl,
    temporalAddress: ui.address,
    temporalUiUrl: ui.url,
    died: Promise.race([untilOneDies(building.children), ...building.kept.map(({ failed }) => failed)]),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

interface Ground {
  readonly env: NodeJS.ProcessEnv
  readonly ui: { readonly address: string; readonly url: string | null }
}

async function startGround(building: Building): Promise<Ground> {
  const { folder, env } = building.options
  const database = readDatabaseUrl(env) ?? (await startDatabase(building))
  const temporal = await findTemporal(building)
  const secrets = await loadSecrets(join(folder, 'secrets'))
  const kept = {
    DATABASE_URL: database,
    DATABASE_URL_FILE: '',
    ARTEFACT_ROOT: env['ARTEFACT_ROOT'] || join(folder, 'artefacts'),
  }
  return { env: { ...secrets, ...temporal.env, ...kept }, ui: temporal.ui }
}

async function startDatabase({ options, parts, children }: Building): Promise<string> {
  const { folder, say, signal } = options
  say('starting PostgreSQL')
  const postgres = parts.use(
    await startPostgres({
      dataDir: join(folder, 'postgres'),
      port: PORTS.postgres,
      durable: true,
      logFile: logFile(folder, 'postgres'),
      say,
      signal,
    }),
  )
  children.push(postgres.child)
  await tellUrl(folder, postgres.url)
  return postgres.url
}

/** Leaves the address where commands of an operator find it: DATABASE_URL_FILE=<folder>/run/database-url. */
async function tellUrl(folder: string, url: string): Promise<void> {
  await mkdir(join(folder, 'run'), { recursive: true })
  await writeFile(join(folder, ...LEFT_AT), url, { mode: 0o600 })
}

async function findTemporal({ options, parts, children }: Building): Promise<Ground> {
  const { folder, env, say, signal } = options
  if (namesTemporal(env)) {
    const { address } = await useOwnTemporal(env, say)
    return { env, ui: { address, url: null } }
  }
  say('starting Temporal')
  const temporal = parts.use(
    await startTemporal({
      dataDir: join(folder, 'temporal'),
      namespace: env['TEMPORAL_NAMESPACE'] || 'default',
      port: PORTS.temporal,
      ui: true,
      uiPort: PORTS.temporalUi,
      logFile: logFile(folder, 'temporal'),
      env,
      say,
      signal,
    }),
  )
  children.push(temporal.child)
  const { address, namespace, uiUrl } = temporal
  return { env: withTemporal(env, address, namespace), ui: { address, url: uiUrl } }
}

/** Migrations, the worker and the API; the answer is the API's address. */
async function startOurs(building: Building, env: NodeJS.ProcessEnv): Promise<string> {
  const { folder, say, signal } = building.options
  const process = (name: string, entry: string, more: NodeJS.ProcessEnv = {}): NodeProcess => ({
    name,
    entry,
    env: { ...env, ...more },
    logFile: logFile(folder, name),
    pidFile: join(folder, 'run', `${name}.pid`),
    signal,
  })
  const start = async (options: NodeProcess, origin: string): Promise<void> => {
    say(`starting the ${options.name}`)
    building.kept.push(building.parts.use(await keepRunning({ ...options, origin }, say)))
  }
  await runToEnd({ ...process('migrations', 'db/main.ts'), args: ['up'] })
  const workerPort = env['WORKER_HEALTH_PORT'] || String(await freePort(PORTS.worker))
  const workerHost = env['WORKER_HEALTH_HOST'] || '127.0.0.1'
  const worker = { WORKER_HEALTH_HOST: workerHost, WORKER_HEALTH_PORT: workerPort }
  await start(process('worker', 'worker/main.ts', worker), originOf(workerHost, workerPort))
  const apiPort = env['API_PORT'] || String(await freePort(PORTS.api))
  const apiHost = env['API_HOST'] || '127.0.0.1'
  const apiUrl = originOf(apiHost, apiPort)
  await start(process('api', 'api/main.ts', { API_HOST: apiHost, API_PORT: apiPort }), apiUrl)
  return apiUrl
}

const logFile = (folder: string, name: string): string => join(folder, 'logs', `${name}.log`)

const freePort = (port: number): Promise<number> => getPort({ host: '127.0.0.1', port })

/** How to reach, from this machine, a server that listens on a host of this kind. */
export function originOf(host: string, port: string): string {
  if (host === '0.0.0.0' || host === '') return `http://127.0.0.1:${port}`
  if (host === '::') return `http://[::1]:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
