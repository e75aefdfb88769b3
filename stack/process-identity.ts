import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { readIfThere } from './errno.ts'

const run = promisify(execFile)

/**
 * Names one life of a process id, so that a reused id is not taken for the process that once had it;
 * undefined when no such process lives, a zombie included.
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return lifeByPs(pid)
  const stat = await readIfThere(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  // The name in brackets may hold anything, so fields are counted from its end: state is 3rd, start time 22nd.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, startedAt] = [fields[0], fields[19]]
  if (state === 'Z' || state === 'X') return undefined
  const boot = await readIfThere('/proc/sys/kernel/random/boot_id')
  return `${pid} ${startedAt} ${boot?.trim()}`
}

/** The command line of a living process, or undefined. */
export async function commandLine(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return ps(pid, 'command=')
  return (await readIfThere(`/proc/${pid}/cmdline`))?.replaceAll('\0', ' ')
}

async function lifeByPs(pid: number): Promise<string | undefined> {
  const life = await ps(pid, 'lstart=,stat=')
  return life === undefined || / Z\S*$/.test(life) ? undefined : `${pid} ${life.replace(/\s+\S+$/, '')}`
}

async function ps(pid: number, format: string): Promise<string | undefined> {
  try {
    return (await run('ps', ['-o', format, '-p', String(pid)])).stdout.trim() || undefined
  } catch (thrown) {
    // ps ends with 1 when there is no such process.
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 1) return undefined
    throw thrown
  }
}
