import { readdir, readFile } from 'node:fs/promises'

// Linux counts in hundredths of a second here (proc(5), USER_HZ).
const MS_PER_TICK = 10

interface ProcessTimes {
  readonly pid: number
  readonly parent: number
  /** Ticks of its own and of the children it has waited for. */
  readonly ticks: number
}

async function readTimes(pid: number): Promise<ProcessTimes | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  const fields = stat
    ?.slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  if (fields === undefined) return undefined
  const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0)
  return { pid, parent: fields[1] ?? 0, ticks }
}

/** Milliseconds of processor time that processes and all below them have used, ended children included; Linux only. */
export async function processorTime(roots: readonly number[]): Promise<number> {
  if (process.platform !== 'linux') return Number.NaN
  const names = await readdir('/proc')
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number)
  const all = (await Promise.all(pids.map(readTimes))).filter((times) => times !== undefined)
  const counted = new Set(roots)
  // A child may be listed before its parent, so it takes as many rounds as the tree is deep.
  for (let size = 0; size !== counted.size;) {
    size = counted.size
    for (const { pid, parent } of all) if (counted.has(parent)) counted.add(pid)
  }
  const ticks = all.filter(({ pid }) => counted.has(pid)).reduce((sum, times) => sum + times.ticks, 0)
  return ticks * MS_PER_TICK
}
