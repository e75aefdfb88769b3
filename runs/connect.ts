import { Client, Connection, isGrpcDeadlineError, isGrpcServiceError } from '@temporalio/client'
import { loadClientConnectConfig } from '@temporalio/envconfig'

import { PartAway } from './part-away.ts'

export interface TemporalAddress {
  readonly address: string
  readonly namespace: string
}

export interface OpenTemporal extends AsyncDisposable {
  readonly client: Client
  /** Throws PartAway when the server does not answer in time. */
  check(): Promise<void>
}

const CHECK_MS = 2_000
// gRPC would wait up to two minutes between its tries, long after the server is back; a check must outlast one wait.
const CHANNEL = { 'grpc.initial_reconnect_backoff_ms': 500, 'grpc.max_reconnect_backoff_ms': 1_000 }
// gRPC status codes DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED and UNAVAILABLE.
const AWAY_CODES: ReadonlySet<number> = new Set([4, 8, 14])

// The client tries again by itself, on a timer of its own, and a try on a closed connection would end the process.
const underWay = new WeakMap<Client, Set<Promise<unknown>>>()

function watched<R>(client: Client, call: Promise<R>): Promise<R> {
  const calls = underWay.get(client) ?? new Set()
  underWay.set(client, calls)
  calls.add(call)
  const over = (): void => void calls.delete(call)
  call.then(over, over)
  return call
}

/** Runs a call to Temporal within a deadline; throws PartAway when the server is away or too slow. */
export async function callTemporal<R>(
  client: Client,
  deadlineMs: number,
  call: () => Promise<R>,
): Promise<R> {
  try {
    return await watched(client, client.withDeadline(Date.now() + deadlineMs, call))
  } catch (cause) {
    if (isAway(cause)) throw new PartAway('Temporal', { cause })
    throw cause
  }
}

function isAway(error: unknown): boolean {
  if (isGrpcDeadlineError(error)) return true
  if (isGrpcServiceError(error)) return AWAY_CODES.has(error.code)
  return error instanceof Error && error.cause !== undefined && isAway(error.cause)
}

/** Opens Temporal lazily, so that the API starts and answers while the server is away. */
export function openTemporal(address?: TemporalAddress): OpenTemporal {
  const config =
    address === undefined
      ? loadClientConnectConfig()
      : { connectionOptions: { address: address.address }, namespace: address.namespace }
  const connection = Connection.lazy({ ...config.connectionOptions, channelArgs: CHANNEL })
  const client = new Client({
    connection,
    ...(config.namespace === undefined ? {} : { namespace: config.namespace }),
  })
  return {
    client,
    check: () =>
      callTemporal(client, CHECK_MS, async () => void (await connection.workflowService.getSystemInfo({}))),
    [Symbol.asyncDispose]: async () => {
      const calls = underWay.get(client) ?? new Set<Promise<unknown>>()
      await Promise.allSettled(calls)
      await connection.close()
    },
  }
}
