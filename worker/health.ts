import { createServer, type Server } from 'node:http'

import type { Worker } from '@temporalio/worker'

export interface HealthOptions {
  readonly host: string
  readonly port: number
  readonly worker: Worker
}

export interface Health {
  /** Where it listens, also where it was asked for any free port. */
  readonly port: number
  close(): void
}

/** Answers /livez while the process lives and /readyz while the worker takes work. */
export async function serveHealth({ host, port, worker }: HealthOptions): Promise<Health> {
  const server = createServer((request, response) => {
    const ready = request.url === '/livez' || (request.url === '/readyz' && worker.getState() === 'RUNNING')
    const known = request.url === '/livez' || request.url === '/readyz'
    response.writeHead(ready ? 200 : known ? 503 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ status: ready ? 'ok' : 'unavailable', worker: worker.getState() }))
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve({ port: portOf(server) ?? port, close: () => server.close() }))
  })
}

function portOf(server: Server): number | undefined {
  const address = server.address()
  return typeof address === 'object' ? address?.port : undefined
}
