import { createInterface } from 'node:readline/promises'

/** Asks on the terminal whether the plan is approved; yes where nobody can be asked. */
export async function askApproval(canAsk: boolean, signal: AbortSignal): Promise<boolean> {
  if (!canAsk) {
    process.stdout.write('waymark: approve? [Y/n] nobody is asked here, so it approves by itself\n')
    return true
  }
  using terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question('waymark: approve? [Y/n] ', { signal })
  return !/^\s*n/i.test(answer)
}
