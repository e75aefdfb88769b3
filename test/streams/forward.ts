import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A fixed address whose far end may change, as a database has behind a name. */
export interface Forwarder extends AsyncDisposable {
  /** The given address with the forwarder's host and port. */
  through(url: string): string
  /** Sends new connections to the host and port of this address. */
  to(url: string): void
  /** Swallows what the connections there are would carry, their end too, without closing them; new ones pass. */
  silence(): void
}

/** Forwards TCP connections from a port of its own. */
export async function openForwarder(): Promise<Forwarder> {
  let target = new URL('tcp://127.0.0.1:1')
  const sockets = new Set<Socket>()
  const silenced = new WeakSet<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      // Broken connections are passed on by closing the other half.
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        if (!silenced.has(socket)) other.destroy()
      })
      socket.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    through(url) {
      const through = new URL(url)
      through.host = `127.0.0.1:${port}`
      return through.href
    },
    to: (url) => void (target = new URL(url)),
    silence() {
      for (const socket of sockets) {
        silenced.add(socket)
        socket.unpipe().resume()
      }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
