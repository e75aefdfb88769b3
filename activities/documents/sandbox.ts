import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

import { z } from 'zod'

import type { ReaderKind } from './parser/reading.ts'
import { buildCommand, findProgram, type Wrapping } from './sandbox/command.ts'
import { judgeEnd, requireStarted, SandboxUnavailable, type ChildAnswer } from './sandbox/judge-end.ts'
import { resolvePackages } from './sandbox/resolve-packages.ts'
import { runChild, type ChildEnd, type ChildLimits } from './sandbox/run-child.ts'
import { takeTurns } from './sandbox/take-turns.ts'

const PARSER = fileURLToPath(new URL('./parser/main.ts', import.meta.url))
const PARSER_FOLDER = fileURLToPath(new URL('./parser', import.meta.url))
const PACKAGES = ['pdf-parse', 'mammoth', 'turndown', 'turndown-plugin-gfm', 'cheerio']
/** Raised whenever our own steps after the parser change the text, so that cached results fall out. */
const REVISION = 2
const LIBRARIES: Readonly<Record<ReaderKind, string>> = {
  pdf: 'pdf-parse',
  docx: 'mammoth',
  html: 'turndown',
}

const DEFAULT_LIMITS: ChildLimits = {
  startMs: 10_000,
  wallMs: 20_000,
  outputBytes: 20 * 1024 * 1024,
  residentBytes: 512 * 1024 * 1024,
}

const Probed = z.strictObject({
  files: z.enum(['blocked', 'open']),
  processes: z.enum(['blocked', 'open']),
  network: z.enum(['blocked', 'open']),
})

/** Which protections hold on this machine, for the log. */
export interface SandboxDescription extends z.infer<typeof Probed> {
  readonly memory: 'kernel limit and watch' | 'watch' | 'heap limit only'
  readonly cpu: 'kernel limit and clock' | 'clock'
}

export interface SandboxRun {
  readonly answer: ChildAnswer
  readonly wallMs: number
  readonly peakResidentBytes: number
}

/** Reads untrusted documents, each in a process of its own. */
export interface Sandbox {
  /** Reads one document; rejects with SandboxUnavailable (worth a retry) or with the signal's reason. */
  run(kind: ReaderKind, bytes: Uint8Array, signal?: AbortSignal): Promise<SandboxRun>
  /** name@version of the parser of a kind; part of every cache key. */
  parserOf(kind: ReaderKind): string
  describeSandbox(): SandboxDescription
}

export interface SandboxOptions {
  readonly limits?: Partial<ChildLimits>
  /** How many children run at once. */
  readonly concurrency?: number
}

/** Tries the layers strongest first and opens a sandbox with those that work here. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const packages = resolvePackages(PACKAGES, PARSER)
  const readable = [PARSER_FOLDER, ...packages.folders]
  const start = async (wrapping: Wrapping, task: string, bytes: Uint8Array, signal?: AbortSignal) => {
    try {
      return await runChild(buildCommand(task, PARSER, readable, wrapping), bytes, limits, signal)
    } catch (cause) {
      signal?.throwIfAborted()
      throw new SandboxUnavailable('The document reader could not be started', { cause })
    }
  }
  const { wrapping, probed } = await probeWrappings((wrapping) => start(wrapping, 'probe', new Uint8Array()))
  const inTurn = takeTurns(options.concurrency ?? availableParallelism())
  return {
    run: (kind, bytes, signal) =>
      inTurn(async () => {
        const end = await start(wrapping, kind, bytes, signal)
        return { answer: judgeEnd(end), wallMs: end.wallMs, peakResidentBytes: end.peakResidentBytes }
      }, signal),
    parserOf: (kind) =>
      `${LIBRARIES[kind]}@${packages.versions.get(LIBRARIES[kind]) ?? 'unknown'}+${REVISION}`,
    describeSandbox: () => describe(wrapping, probed),
  }
}

type Probe = (wrapping: Wrapping) => Promise<ChildEnd>

async function probeWrappings(probe: Probe): Promise<{ wrapping: Wrapping; probed: z.infer<typeof Probed> }> {
  const prlimit = process.platform === 'linux' ? findProgram('prlimit') : null
  const unshare = process.platform === 'linux' ? findProgram('unshare') : null
  const candidates: Wrapping[] = [
    { prlimit, unshare },
    { prlimit, unshare: null },
    { prlimit: null, unshare: null },
  ]
  const failures: unknown[] = []
  for (const wrapping of candidates) {
    try {
      const probed = Probed.parse(JSON.parse(requireStarted(await probe(wrapping))))
      // Without these two the child would be a plain process with our rights: then nothing is read at all.
      if (probed.files === 'blocked' && probed.processes === 'blocked') return { wrapping, probed }
      failures.push(probed)
    } catch (error) {
      failures.push(error)
    }
  }
  throw new SandboxUnavailable('No sandbox for documents works on this machine', { cause: failures })
}

function describe(wrapping: Wrapping, probed: z.infer<typeof Probed>): SandboxDescription {
  const watched = process.platform === 'win32' ? 'heap limit only' : 'watch'
  return {
    ...probed,
    memory: wrapping.prlimit === null ? watched : 'kernel limit and watch',
    cpu: wrapping.prlimit === null ? 'clock' : 'kernel limit and clock',
  }
}
