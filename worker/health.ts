import { createServer, type Server } from 'node:http'

import type { Worker } from '@temporalio/worker'

export interface HealthOptions {
  readonly host: string
  readonly port: number
  readonly worker: Worker
}

/** Answers /livez while the process lives and /readyz while the worker takes work. */
export async function serveHealth({ host, port, worker }: HealthOptions): Promise<Server> {
  const server = createServer((request, response) => {
    const ready = request.url === '/livez' || (request.url === '/readyz' && worker.getState() === 'RUNNING')
    const known = request.url === '/livez' || request.url === '/readyz'
    response.writeHead(ready ? 200 : known ? 503 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ status: ready ? 'ok' : 'unavailable', worker: worker.getState() }))
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}
