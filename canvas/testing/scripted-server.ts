import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'

import { Secret } from '../../config/secret.ts'
import type { CanvasHttp } from '../exchange.ts'
import { createGuardedAgent } from '../guard/agent.ts'
import type { OutboundPolicy } from '../guard/policy.ts'
import { createTokenGate } from '../throttle.ts'

interface SeenRequest {
  readonly url: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
}

export interface ScriptedServer extends AsyncDisposable {
  readonly origin: string
  readonly host: string
  readonly seen: SeenRequest[]
}

/** Starts a loopback server that answers as a test scripts it, and keeps what it was asked. */
export async function startScriptedServer(answer: RequestListener): Promise<ScriptedServer> {
  const seen: SeenRequest[] = []
  const server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers })
    answer(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const host = typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : ''
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { origin: `http://${host}`, host, seen, [Symbol.asyncDispose]: stop }
}

/** The policy under which tests may reach these servers on loopback. */
export function devPolicy(...servers: readonly { readonly host: string }[]): OutboundPolicy {
  return { allowedHosts: [], devHosts: servers.map(({ host }) => host) }
}

/** Everything a call needs to reach the first server as its Canvas; close it after the test. */
export function openHttp(
  servers: readonly [ScriptedServer, ...ScriptedServer[]],
  overrides: Partial<CanvasHttp> = {},
): CanvasHttp & AsyncDisposable {
  const policy = devPolicy(...servers)
  const agent = createGuardedAgent(policy)
  return {
    origin: servers[0].origin,
    token: new Secret('7236~tokenOfTheStudent000000'),
    policy,
    dispatcher: agent,
    userAgent: 'Waymark/test',
    gate: createTokenGate(),
    signal: undefined,
    times: { headersMs: 2_000, idleMs: 2_000, overallMs: 20_000 },
    ...overrides,
    [Symbol.asyncDispose]: () => agent.destroy(),
  }
}
