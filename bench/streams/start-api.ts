import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import getPort from 'get-port'

import { Account, Tokens } from '../../contract/accounts.ts'
import { startChild } from '../../stack/child.ts'
import { waitUntilReady } from '../../stack/ready.ts'
import { loadSecrets } from '../../stack/secrets.ts'
import { BenchFailure } from '../ground/bench-failure.ts'

const HOST = '127.0.0.1'
const START_TIMEOUT_MS = 60_000
const HOUR_SECONDS = 3_600

/** One API process with one signed-in account. */
export interface Api extends AsyncDisposable {
  readonly host: string
  readonly port: number
  readonly userId: string
  readonly token: string
  /** Megabytes that the process holds in memory. */
  memoryMb(): Promise<number>
  /** Milliseconds of processor time it has used. */
  cpuMs(): Promise<number>
}

/** Starts `api/main.ts` on a migrated database. Streams need no Temporal, so there is none. */
export async function startApi(databaseUrl: string, folder: string, streams: number): Promise<Api> {
  await using opened = new AsyncDisposableStack()
  const port = await getPort({ host: HOST })
  const secrets = await loadSecrets(join(folder, 'secrets'))
  const child = opened.use(
    await startChild({
      name: 'api',
      command: process.execPath,
      args: ['api/main.ts'],
      cwd: join(import.meta.dirname, '../..'),
      env: {
        ...secrets,
        PATH: process.env['PATH'],
        NODE_OPTIONS: process.env['NODE_OPTIONS'],
        DATABASE_URL: databaseUrl,
        API_HOST: HOST,
        API_PORT: String(port),
        LOG_LEVEL: 'error',
        TEMPORAL_ADDRESS: `${HOST}:1`,
        ACCESS_TOKEN_SECONDS: String(HOUR_SECONDS),
        STREAMS_PER_USER: String(streams),
        STREAMS_PER_PROCESS: String(streams),
      },
      logFile: join(folder, 'api.log'),
    }),
  )
  const origin = `http://${HOST}:${port}`
  await waitUntilReady(child, () => fetch(`${origin}/livez`), { timeoutMs: START_TIMEOUT_MS })
  const caller = await signIn(origin)
  const started = opened.move()
  return {
    host: HOST,
    port,
    ...caller,
    memoryMb: async () => Number(await procField(child.pid, 'status', /^VmRSS:\s+(\d+) kB/m)) / 1_024,
    async cpuMs() {
      const [, user, system] =
        /^\d+ \(.*\) (?:\S+ ){11}(\d+) (\d+)/.exec(await readProc(child.pid, 'stat')) ?? []
      // Linux counts in hundredths of a second here (proc(5), USER_HZ).
      return (Number(user) + Number(system)) * 10
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

async function signIn(origin: string): Promise<{ userId: string; token: string }> {
  const account = { email: 'bench@example.org', password: 'correct horse battery' }
  const post = async (path: string) => {
    const answer = await fetch(origin + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(account),
    })
    if (!answer.ok) throw new BenchFailure(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  const { user_id } = Account.parse(await post('/auth/register'))
  const { access_token } = Tokens.parse(await post('/auth/login'))
  return { userId: user_id, token: access_token }
}

const readProc = (pid: number, file: string) => readFile(`/proc/${pid}/${file}`, 'utf8')

async function procField(pid: number, file: string, field: RegExp): Promise<string | undefined> {
  return field.exec(await readProc(pid, file))?.[1]
}
