import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { hasErrno } from './errno.ts'
import { holdLock } from './folder-lock.ts'
import { buildCli } from './temporal-build.ts'
import {
  type CliAnswer,
  type CliSearch,
  type CliSource,
  TEMPORAL_CLI_VERSION,
  firstProgram,
  sourcesToAsk,
} from './temporal-cli-order.ts'
import { probeCli, probePath } from './temporal-cli-probe.ts'
import { downloadCli } from './temporal-download.ts'

const LOCK_WAIT_MS = 30 * 60_000
const LOCK_STALE_MS = 8_000

type Fetcher = (target: string, search: CliSearch) => Promise<CliAnswer>

/** Finds a Temporal CLI that can run the dev server, and fetches or builds one if need be; throws StackFailure. */
export async function findTemporalCli(search: CliSearch): Promise<string> {
  const { env, signal } = search
  const named = env['WAYMARK_TEMPORAL_CLI']
  const cached = cachedCli(env)
  const ask: Readonly<Record<CliSource, () => Promise<CliAnswer>>> = {
    named: () => probeCli(named ?? ''),
    path: () => probePath(env['PATH'] ?? ''),
    cache: () => probeCli(cached),
    download: () => fetchInto(cached, downloadCli, search),
    go: () => fetchInto(cached, buildCli, search),
  }
  return firstProgram(sourcesToAsk(named), (source) => {
    signal?.throwIfAborted()
    return ask[source]()
  })
}

/** Where a CLI is kept for every later run, after the XDG base directory specification. */
export function cachedCli(env: Readonly<NodeJS.ProcessEnv>): string {
  const cache = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache')
  return join(cache, 'waymark', `temporal-${TEMPORAL_CLI_VERSION}`)
}

/** Fetches under a lock and under another name: two at once fetch once, and a cut fetch leaves nothing to run. */
async function fetchInto(cached: string, fetch: Fetcher, search: CliSearch): Promise<CliAnswer> {
  const half = `${cached}.half`
  await mkdir(half, { recursive: true })
  await using held = new AsyncDisposableStack()
  held.use(
    await holdLock(half, {
      waitMs: LOCK_WAIT_MS,
      staleMs: LOCK_STALE_MS,
      busy: `another command has been fetching the Temporal CLI for half an hour; see ${half}`,
    }),
  )
  const meanwhile = await probeCli(cached)
  if ('program' in meanwhile) return meanwhile
  await clear(half)
  const fetched = await fetch(join(half, String(process.pid)), search)
  if ('refused' in fetched) return fetched
  await chmod(fetched.program, 0o755)
  const works = await probeCli(fetched.program)
  if ('refused' in works) return works
  await rename(fetched.program, cached)
  await clear(half)
  return { program: cached }
}

async function clear(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    try {
      await rm(join(folder, name), { recursive: true, force: true })
    } catch (thrown) {
      if (!hasErrno(thrown, 'ENOTEMPTY')) throw thrown
    }
  }
}
