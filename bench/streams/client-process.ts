import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import type { Answer, Order } from './messages.ts'

/** A process of clients that answers one order after the other. */
export interface ClientProcess extends AsyncDisposable {
  ask(order: Order): Promise<Answer>
}

/** Starts the process; disposing of it closes all its streams. */
export function startClients(): ClientProcess {
  const child = fork(fileURLToPath(new URL('clients.ts', import.meta.url)))
  return {
    async ask(order) {
      child.send(order)
      const [answer] = await once(child, 'message')
      return answer as Answer
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
