import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

import type { Command } from './command.ts'
import { watchMemory } from './watch-memory.ts'

const MAX_STDERR_CHARS = 2000

export interface ChildLimits {
  /** From the start to the first output: a busy machine must not cost the document its time. */
  readonly startMs: number
  /** From the first output to the end. */
  readonly wallMs: number
  readonly outputBytes: number
  readonly residentBytes: number
}

/** How a child ended, before anything is made of it. */
export interface ChildEnd {
  readonly output: string
  readonly stderr: string
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** Which of our own limits ended it. */
  readonly killedFor: 'time' | 'memory' | 'output' | null
  readonly wallMs: number
  readonly peakResidentBytes: number
}

/** Runs one child to its end inside its limits; rejects only if it cannot be started or the signal aborts. */
export async function runChild(
  command: Command,
  input: Uint8Array,
  limits: ChildLimits,
  signal?: AbortSignal,
): Promise<ChildEnd> {
  signal?.throwIfAborted()
  const started = performance.now()
  const child = spawn(command.file, command.args, { env: {}, stdio: ['pipe', 'pipe', 'pipe'] })
  const closed = new Promise<Pick<ChildEnd, 'exitCode' | 'signal'>>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }))
  })
  let killedFor: ChildEnd['killedFor'] = null
  const kill = (reason: ChildEnd['killedFor']) => {
    killedFor ??= reason
    child.kill('SIGKILL')
  }
  const abort = () => kill(null)
  signal?.addEventListener('abort', abort, { once: true })
  let timer = setTimeout(() => kill('time'), limits.startMs)
  child.stdout.once('data', () => {
    clearTimeout(timer)
    timer = setTimeout(() => kill('time'), limits.wallMs)
  })
  const memory =
    child.pid === undefined ? null : watchMemory(child.pid, limits.residentBytes, () => kill('memory'))
  const output = collect(child.stdout, limits.outputBytes, () => kill('output'))
  const stderr = collectTail(child.stderr)
  // A child that dies early closes its input: that end is told by its exit, not by the pipe.
  child.stdin.on('error', () => child.stdin.destroy())
  child.stdin.end(input)
  try {
    const end = await closed
    signal?.throwIfAborted()
    return {
      ...end,
      output: output(),
      stderr: stderr(),
      killedFor,
      wallMs: performance.now() - started,
      peakResidentBytes: memory?.peakBytes() ?? 0,
    }
  } finally {
    clearTimeout(timer)
    memory?.stop()
    signal?.removeEventListener('abort', abort)
  }
}

function collect(stream: Readable, maxBytes: number, onOverflow: () => void): () => string {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > maxBytes) onOverflow()
    else chunks.push(chunk)
  })
  return () => Buffer.concat(chunks).toString('utf8')
}

function collectTail(stream: Readable): () => string {
  let tail = ''
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    tail = (tail + chunk).slice(-MAX_STDERR_CHARS)
  })
  return () => tail
}
