import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { callbackify } from 'node:util'

import { Agent, buildConnector } from 'undici'

import { isDevHost, type OutboundPolicy, type Resolver } from './policy.ts'
import { isLoopbackAddress, isPublicAddress } from './public-address.ts'

const CONNECT_TIMEOUT_MS = 10_000
const CONNECTIONS_PER_ORIGIN = 8

type OutboundRefusal = 'port' | 'address' | 'dns_answer' | 'peer'

/** A connection that the guard does not open, or closes again before a byte of HTTP is sent. */
class OutboundRefusedError extends Error {
  override readonly name = 'OutboundRefusedError'
  readonly refusal: OutboundRefusal

  constructor(refusal: OutboundRefusal) {
    super(`The connection is refused by the outbound guard: ${refusal}.`)
    this.refusal = refusal
  }
}

/**
 * Makes the one dispatcher that outbound requests go through. It follows no redirect and reads no proxy environment;
 * each new socket passes the guard. Whoever makes it closes it.
 */
export function createGuardedAgent(policy: OutboundPolicy): Agent {
  return new Agent({
    connect: createGuardedConnector(policy),
    connections: CONNECTIONS_PER_ORIGIN,
    pipelining: 1,
    allowH2: false,
  })
}

type AddressTest = (address: string | undefined) => boolean
type ConnectorFactory = (options: buildConnector.BuildOptions) => buildConnector.connector

/** Guards a connector by four checks: port, address literals, every DNS answer, and the peer once connected. */
export function createGuardedConnector(
  policy: OutboundPolicy,
  build: ConnectorFactory = buildConnector,
): buildConnector.connector {
  const resolver = policy.resolver ?? resolveAll
  const connectorFor = (accepts: AddressTest): buildConnector.connector =>
    build({ allowH2: false, timeout: CONNECT_TIMEOUT_MS, lookup: guardedLookup(resolver, accepts) })
  const toPublic = connectorFor(isPublicAddress)
  const toLoopback = connectorFor(isLoopbackAddress)

  return (options, callback) => {
    const port = options.port === '' ? (options.protocol === 'https:' ? '443' : '80') : options.port
    const host = options.hostname.replace(/^\[|\]$/g, '')
    const isDev = isDevHost(policy, `${isIP(host) === 6 ? `[${host}]` : host}:${port}`)
    const accepts = isDev ? isLoopbackAddress : isPublicAddress

    if (!isDev && (port !== '443' || options.protocol !== 'https:'))
      return callback(new OutboundRefusedError('port'), null)
    // Node asks no lookup function for a literal, so literals are judged here.
    if (isIP(host) !== 0 && !accepts(host)) return callback(new OutboundRefusedError('address'), null)

    const connect = isDev ? toLoopback : toPublic
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null)
      if (accepts(socket.remoteAddress)) return callback(null, socket)
      socket.destroy()
      callback(new OutboundRefusedError('peer'), null)
    })
  }
}

const resolveAll: Resolver = (hostname) => lookup(hostname, { all: true })

function guardedLookup(resolve: Resolver, accepts: AddressTest): LookupFunction {
  const acceptedAnswers = callbackify(async (hostname: string) => {
    const answers = await resolve(hostname)
    // One private answer among public ones is how a rebinding name looks, so it spoils all of them.
    if (answers.every(({ address }) => accepts(address))) return [...answers]
    throw new OutboundRefusedError('dns_answer')
  })
  return (hostname, options, callback) =>
    acceptedAnswers(hostname, (error, answers) => {
      const [first] = answers ?? []
      if (error !== null) callback(error, '')
      else if (first === undefined) callback(new OutboundRefusedError('dns_answer'), '')
      else if (options.all === true) callback(null, answers)
      else callback(null, first.address, first.family)
    })
}
