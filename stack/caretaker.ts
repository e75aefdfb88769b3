// Runs beside the stack and ends what it started when it died without doing so itself.
// Each line on stdin is `+ pid SIGNAL` or `- pid`; the end of stdin is the death of the stack.
import { createInterface } from 'node:readline'
import { endProcess } from './end-process.ts'
import { processIdentity } from './process-identity.ts'

interface Charge {
  readonly pid: number
  readonly signal: NodeJS.Signals
  readonly identity: string
}

const charges = new Map<number, Charge>()

for await (const line of createInterface({ input: process.stdin })) {
  const [sign, id, signal] = line.split(' ')
  const pid = Number(id)
  const identity = await processIdentity(pid)
  if (sign === '-' || identity === undefined) charges.delete(pid)
  else charges.set(pid, { pid, identity, signal: signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM' })
}

// The youngest first: an API before the database it talks to.
for (const { pid, signal, identity } of [...charges.values()].reverse()) {
  await endProcess(pid, identity, [
    { signal, graceMs: 15_000 },
    { signal: 'SIGKILL', graceMs: 5_000 },
  ])
}
