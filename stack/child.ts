import { spawn } from 'node:child_process'
import { closeSync, fstatSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type SignalStep, TERMINATE, endProcess, signalProcess } from './end-process.ts'
import { readIfThere } from './errno.ts'
import { openLog, readLogFrom } from './log-file.ts'
import { processIdentity } from './process-identity.ts'
import { StackFailure } from './stack-failure.ts'
import { watchOver } from './watch-over.ts'

export interface ChildOptions {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly account?: { readonly uid: number; readonly gid: number } | undefined
  readonly logFile: string
  /** Remembers the process across runs, so that a later start ends one that outlived its stack. */
  readonly pidFile?: string | undefined
  readonly stopSteps?: readonly [SignalStep, ...SignalStep[]]
}

/** How a process ended. */
export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

export interface Child extends AsyncDisposable {
  readonly name: string
  readonly pid: number
  readonly logFile: string
  /** Settles when the process is gone, however that came; never rejects. */
  readonly exited: Promise<Exit>
  /** Undefined while it runs. */
  exit(): Exit | undefined
  /** True once somebody asked it to stop. */
  stopping(): boolean
  /** What it has logged since it was started. */
  output(): string
  stop(): Promise<void>
}

/** Starts a program whose log is kept in a file; it is ended with this process, whatever ends that. */
export async function startChild(options: ChildOptions): Promise<Child> {
  if (options.pidFile !== undefined) await endFormer(options.pidFile)
  const { pid, exited, logStart } = await launch(options)
  const steps = options.stopSteps ?? TERMINATE
  const forget = watchOver(pid, steps[0].signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM')
  let exit: Exit | undefined
  let stopping: Promise<void> | undefined
  const settled = exited.then((how) => {
    exit = how
    forget()
    return how
  })
  if (options.pidFile !== undefined) await remember(options.pidFile, pid)
  const stop = (): Promise<void> => (stopping ??= stopChild(pid, exited, steps, options.pidFile))
  return {
    name: options.name,
    pid,
    logFile: options.logFile,
    exited: settled,
    exit: () => exit,
    stopping: () => stopping !== undefined,
    output: () => readLogFrom(options.logFile, logStart),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

async function launch(
  options: ChildOptions,
): Promise<{ pid: number; exited: Promise<Exit>; logStart: number }> {
  const log = openLog(options.logFile)
  const logStart = fstatSync(log).size
  // A process group of its own: Ctrl-C in a terminal must reach only us, who stop things in order.
  const child = spawn(options.command, options.args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: options.env ?? process.env,
    cwd: options.cwd,
    ...options.account,
  })
  closeSync(log)
  const exited = new Promise<Exit>((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal }))
  })
  const { promise: spawned, resolve, reject } = Promise.withResolvers<void>()
  child.on('spawn', resolve)
  child.on('error', (cause) =>
    reject(new StackFailure(`${options.name} cannot run: ${cause.message}`, { cause })),
  )
  await spawned
  if (child.pid === undefined) throw new StackFailure(`${options.name} has no process id`)
  return { pid: child.pid, exited, logStart }
}

async function stopChild(
  pid: number,
  exited: Promise<Exit>,
  steps: readonly SignalStep[],
  pidFile: string | undefined,
): Promise<void> {
  const gone = exited.then(() => true)
  for (const { signal, graceMs } of steps) {
    signalProcess(pid, signal)
    const patience = new AbortController()
    const ended = await Promise.race([
      gone,
      delay(graceMs, false, { signal: patience.signal }).catch(() => false),
    ])
    patience.abort()
    if (ended) break
  }
  if (pidFile !== undefined) await rm(pidFile, { force: true })
}

async function remember(pidFile: string, pid: number): Promise<void> {
  await mkdir(dirname(pidFile), { recursive: true })
  await writeFile(pidFile, (await processIdentity(pid)) ?? '')
}

async function endFormer(pidFile: string): Promise<void> {
  const identity = await readIfThere(pidFile)
  if (identity) await endProcess(Number.parseInt(identity, 10), identity)
}
