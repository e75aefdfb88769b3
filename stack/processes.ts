import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Child, startChild } from './child.ts'
import { endedEarly, waitUntilReady } from './ready.ts'
import { StackFailure } from './stack-failure.ts'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
// Compiled once, a server starts in half the time.
const COMPILE_CACHE = join(ROOT, '.waymark', 'compile-cache')
const READY_TIMEOUT_MS = 60_000
const PROBE_TIMEOUT_MS = 3_000
// Longer than the grace the API and the worker give to what they are doing.
const STOP = [
  { signal: 'SIGTERM', graceMs: 30_000 },
  { signal: 'SIGKILL', graceMs: 5_000 },
] as const

export interface NodeProcess {
  readonly name: string
  /** The file to run, from the root of the checkout. */
  readonly entry: string
  readonly args?: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly logFile: string
  readonly pidFile?: string
  readonly signal?: AbortSignal | undefined
}

const startNode = ({ name, entry, args = [], env, logFile, pidFile }: NodeProcess): Promise<Child> =>
  startChild({
    name,
    command: process.execPath,
    args: [entry, ...args],
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    cwd: ROOT,
    logFile,
    pidFile,
    stopSteps: STOP,
  })

/** Where a server is reached: as it was told, or where it listens on a port of its own choice, as its log says. */
export type Origin = string | ((log: string) => string | undefined)

/** One of our servers, and where it is reached. */
export type Server = Child & { readonly origin: string }

/** Starts one of our servers and waits until its `GET /readyz` answers well; throws StackFailure. */
export async function startServer(options: NodeProcess & { readonly origin: Origin }): Promise<Server> {
  const child = await startNode(options)
  let origin = typeof options.origin === 'string' ? options.origin : ''
  const look = async (): Promise<void> => {
    if (typeof options.origin !== 'string') origin ||= options.origin(child.output()) ?? ''
    if (origin === '') throw new StackFailure('it has not said where it listens')
    await probe(`${origin}/readyz`)
  }
  try {
    await waitUntilReady(child, look, { timeoutMs: READY_TIMEOUT_MS, signal: options.signal })
    return { ...child, origin }
  } catch (thrown) {
    await child.stop()
    throw thrown
  }
}

/** Runs one of our programs to its end; throws StackFailure unless that is a good one. */
export async function runToEnd(options: NodeProcess): Promise<void> {
  await using child = await startNode(options)
  const stop = (): void => void child.stop()
  options.signal?.addEventListener('abort', stop)
  const { code } = await child.exited
  options.signal?.removeEventListener('abort', stop)
  options.signal?.throwIfAborted()
  if (code !== 0) throw endedEarly(child)
}

/** Rejects as soon as one of the children ends although nobody asked it to, and says which. */
export async function untilOneDies(children: readonly Child[]): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  const watch = async (child: Child): Promise<void> => {
    await child.exited
    if (!child.stopping()) reject(endedEarly(child))
  }
  for (const child of children) void watch(child)
  return promise
}

async function probe(url: string): Promise<void> {
  const { status, ok } = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
  if (!ok) throw new StackFailure(`${url} answered ${status}`)
}
