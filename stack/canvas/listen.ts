import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Opens a listener; port 0 takes any free one. Resolves with the server and its origin. */
export async function listen(host: string, port: number): Promise<{ server: Server; origin: string }> {
  const server = createServer()
  server.listen(port, host)
  await once(server, 'listening')
  const { port: taken } = server.address() as AddressInfo
  return { server, origin: `http://${host.includes(':') ? `[${host}]` : host}:${taken}` }
}

/** Closes a listener together with the connections that hang on it. */
export async function close(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

/** The address of a request; null when a client sent something that is none. */
export function requestUrl(request: IncomingMessage, origin: string): URL | null {
  return URL.parse(request.url ?? '/', origin)
}
