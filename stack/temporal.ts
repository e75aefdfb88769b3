import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Connection } from '@temporalio/client'
import getPort from 'get-port'
import { type Child, startChild } from './child.ts'
import { waitUntilReady } from './ready.ts'
import { registerSearchAttributes } from './search-attributes.ts'
import { type Say, StackFailure } from './stack-failure.ts'
import { devServerArguments } from './temporal-arguments.ts'
import { findTemporalCli } from './temporal-cli.ts'
import { withoutTemporalSettings } from './temporal-settings.ts'
import { serverVersion } from './temporal-cli-probe.ts'

const HOST = '127.0.0.1'
const START_TIMEOUT_MS = 60_000
const CONNECT_TIMEOUT_MS = 2_000
const START_TRIES = 3

export interface TemporalOptions {
  /** Where runs are kept across starts; absent, they are kept in memory. */
  readonly dataDir?: string
  readonly namespace: string
  /** The port to prefer; another one is taken when it is in use. */
  readonly port?: number
  /** Whether to serve Temporal's Web UI, on `uiPort` if that is free. */
  readonly ui: boolean
  readonly uiPort?: number
  readonly logFile?: string
  /** Further dynamic configuration of the server, `key=json` each. */
  readonly dynamicConfig?: readonly string[]
  readonly env: Readonly<NodeJS.ProcessEnv>
  readonly say: Say
  readonly signal?: AbortSignal
}

export interface Temporal extends AsyncDisposable {
  readonly address: string
  readonly uiUrl: string | null
  readonly namespace: string
  readonly child: Child
  stop(): Promise<void>
}

/** Starts Temporal's dev server on loopback with our namespace and search attributes; throws StackFailure. */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const program = await findTemporalCli(options)
  const folder = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'waymark-temporal-')))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const databaseFile =
    options.dataDir === undefined ? undefined : join(folder, `temporal-${await serverVersion(program)}.db`)
  const started = await launch({ options, program, folder, databaseFile })
  const stop = async (): Promise<void> => {
    await started.child.stop()
    if (options.dataDir === undefined) await rm(folder, { recursive: true, force: true })
  }
  return { ...started, namespace: options.namespace, stop, [Symbol.asyncDispose]: stop }
}

interface Launch {
  readonly options: TemporalOptions
  readonly program: string
  readonly folder: string
  readonly databaseFile: string | undefined
}

type Started = Pick<Temporal, 'address' | 'uiUrl' | 'child'>

async function launch(plan: Launch): Promise<Started> {
  for (let tries = 1; ; tries += 1) {
    const { options } = plan
    const port = await freePort(options.port)
    const uiPort = options.ui ? await freePort(options.uiPort) : undefined
    const child = await startServer(plan, port, uiPort)
    const address = `${HOST}:${port}`
    try {
      await waitUntilReady(child, () => checkNamespace(address, options.namespace), {
        timeoutMs: START_TIMEOUT_MS,
        signal: options.signal,
      })
      return { child, address, uiUrl: uiPort === undefined ? null : `http://${HOST}:${uiPort}` }
    } catch (thrown) {
      const portWasTaken = child.exit() !== undefined && child.output().includes('address already in use')
      await child.stop()
      if (!portWasTaken || tries === START_TRIES) throw thrown
    }
  }
}

const freePort = (preferred: number | undefined): Promise<number> =>
  getPort({ host: HOST, ...(preferred !== undefined && { port: preferred }) })

function startServer(plan: Launch, port: number, uiPort: number | undefined): Promise<Child> {
  const { options, program, folder, databaseFile } = plan
  const { namespace, dynamicConfig = [] } = options
  return startChild({
    name: 'Temporal',
    command: program,
    args: devServerArguments({ host: HOST, port, uiPort, namespace, databaseFile, dynamicConfig }),
    env: withoutTemporalSettings(options.env),
    logFile: options.logFile ?? join(folder, 'temporal.log'),
    // Two servers on one database file would ruin it: one that outlived its stack is ended first.
    pidFile: options.dataDir === undefined ? undefined : join(folder, 'temporal.pid'),
  })
}

async function checkNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: CONNECT_TIMEOUT_MS })
  try {
    await connection.workflowService.describeNamespace({ namespace })
    const missing = await registerSearchAttributes(connection, namespace)
    if (missing.length > 0) throw new StackFailure(`search attributes are missing: ${missing.join(', ')}`)
  } finally {
    await connection.close()
  }
}
