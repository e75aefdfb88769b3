import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const POLL_MS = 20
const KIB = 1024

export interface MemoryWatch {
  /** The most resident memory seen so far, in bytes. */
  peakBytes(): number
  stop(): void
}

/** Polls the resident memory of a process and calls back once when it exceeds a limit, in bytes. */
export function watchMemory(pid: number, limitBytes: number, onExceeded: () => void): MemoryWatch {
  let peak = 0
  let stopped = false
  const poll = async () => {
    while (!stopped) {
      peak = Math.max(peak, await readResident(pid))
      if (peak > limitBytes && !stopped) {
        stopped = true
        onExceeded()
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS).unref())
    }
  }
  void poll()
  return {
    peakBytes: () => peak,
    stop: () => {
      stopped = true
    },
  }
}

/** Resident bytes of a process; 0 once it is gone or where the system does not tell. */
async function readResident(pid: number): Promise<number> {
  try {
    if (process.platform === 'linux') {
      // VmHWM is the peak the kernel kept, so nothing between two polls is missed.
      const status = await readFile(`/proc/${pid}/status`, 'utf8')
      return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * KIB
    }
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
    return Number(stdout.trim()) * KIB
  } catch (error) {
    // The process ended between two polls, or this system has no ps: then the heap limit stands alone.
    if (error instanceof Error) return 0
    throw error
  }
}
