import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'

/** Which optional programs wrap the child. */
export interface Wrapping {
  readonly prlimit: string | null
  readonly unshare: string | null
}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
}

const PROGRAM_FOLDERS = [
  '/usr/bin',
  '/bin',
  '/usr/sbin',
  '/sbin',
  '/usr/local/bin',
  '/run/current-system/sw/bin',
]

const MAX_DATA_BYTES = 805_306_368
const MAX_HEAP_MIB = 384
// Soft below hard: the soft limit sends SIGXCPU, which tells running long apart from any other kill.
const CPU_SECONDS = '20:25'

/** The command line of the child for a task, inside the layers at hand. */
export function buildCommand(
  task: string,
  parser: string,
  readable: readonly string[],
  wrapping: Wrapping,
): Command {
  const node = [
    process.execPath,
    '--permission',
    ...readable.map((folder) => `--allow-fs-read=${folder}`),
    '--disallow-code-generation-from-strings',
    // Packages behind a linked node_modules stay where they were granted; following the link would need more rights.
    '--preserve-symlinks',
    '--no-addons',
    `--max-old-space-size=${MAX_HEAP_MIB}`,
    parser,
    task,
  ]
  const net = wrapping.unshare === null ? [] : [wrapping.unshare, '-rn']
  const limits =
    wrapping.prlimit === null
      ? []
      : [
          wrapping.prlimit,
          `--data=${MAX_DATA_BYTES}`,
          `--cpu=${CPU_SECONDS}`,
          '--nofile=64',
          '--core=0',
          '--fsize=0',
        ]
  const [file = process.execPath, ...args] = [...limits, ...net, ...node]
  return { file, args }
}

/** The path of a system program, or null; the child's environment is empty, so PATH cannot find it. */
export function findProgram(name: string): string | null {
  return PROGRAM_FOLDERS.map((folder) => join(folder, name)).find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}
