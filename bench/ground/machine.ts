import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

const GIB = 1_024 ** 3

/** What the figures were measured on, in one line. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() || 'unknown processor'
  const load = loadavg().map((value) => value.toFixed(1))
  const memory = `${(totalmem() / GIB).toFixed(0)} GiB`
  return `Machine: ${availableParallelism()} cores of ${model}, ${memory}, ${process.platform} ${process.arch}, Node ${process.versions.node}, load ${load.join(' ')}`
}
