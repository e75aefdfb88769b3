import { createServer, type RequestListener, type Server } from 'node:http'
import { isIPv6, type Socket } from 'node:net'

// A client that sends slowly on purpose is cut off; how long an answer takes is bounded by none of these.
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
} as const
const SWEEP_MS = 100

export interface Listening {
  /** Scheme, host and port it is reached at. */
  readonly origin: string
  /** Takes no new connection, lets requests end for `graceMs`, then cuts what is left. */
  close(graceMs: number): Promise<void>
}

/** Serves HTTP; rejects when the address is taken. */
export async function listen(
  handle: RequestListener,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createServer(TIMEOUTS, handle)
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen({ host, port }, resolve)
  await promise
  server.off('error', reject)
  return { origin: originOf(server, host), close: (graceMs) => close(server, sockets, graceMs) }
}

function originOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`
}

async function close(server: Server, sockets: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  // Browsers connect ahead of need. To Node a connection that has sent nothing yet is not idle.
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  // A connection kept alive is idle only once its request is answered.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await promise
  clearInterval(sweep)
  clearTimeout(cut)
}
