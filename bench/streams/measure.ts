import { setTimeout as delay } from 'node:timers/promises'

import type { WriteDb } from '../../db/open.ts'
import { BenchFailure } from '../ground/bench-failure.ts'
import type { ClientProcess } from './client-process.ts'
import type { Arrival } from './messages.ts'
import { percentile } from '../ground/percentile.ts'
import { writeEvent, type SeededStream } from './seed.ts'
import type { Api } from './start-api.ts'

const NS_PER_MS = 1_000_000
const ARRIVAL_TIMEOUT_MS = 10_000

export interface Latency {
  readonly streams: number
  readonly events: number
  readonly arrived: number
  readonly p50: number
  readonly p99: number
  readonly max: number
  /** Processor time of the API per second. */
  readonly cpuShare: number
}

/** Opens every stream and checks that each was. */
export async function openStreams(
  api: Api,
  clients: ClientProcess,
  streams: readonly SeededStream[],
): Promise<void> {
  const { host, port, token } = api
  const paths = streams.map(({ path }) => path)
  const answer = await clients.ask({ kind: 'open', host, port, token, paths })
  if (answer.kind === 'opened' && answer.open === streams.length) return
  throw new BenchFailure(`not every stream could be opened: ${JSON.stringify(answer)}`)
}

/** Milliseconds from commit to client of events written at a steady rate over all streams in turn. */
export async function measureLatency(
  { api, clients, db }: { readonly api: Api; readonly clients: ClientProcess; readonly db: WriteDb },
  streams: readonly SeededStream[],
  { events, perSecond }: { readonly events: number; readonly perSecond: number },
): Promise<Latency> {
  const cpuBefore = await api.cpuMs()
  const begun = performance.now()
  const writes: Promise<{ stream: number; seq: number; at: number }>[] = []
  for (let index = 0; index < events; index++) {
    const due = begun + (index * 1_000) / perSecond
    await delay(Math.max(0, due - performance.now()))
    const stream = index % streams.length
    const { streamId } = streams[stream] ?? { streamId: '' }
    writes.push(writeEvent(db, streamId).then((written) => ({ stream, ...written })))
  }
  const committed = await Promise.all(writes)
  const cpuShare = ((await api.cpuMs()) - cpuBefore) / (performance.now() - begun)
  const arrived = await awaitArrivals(clients, events)
  const latencies = committed.flatMap(({ stream, seq, at }) => {
    const arrival = arrived.get(`${stream}:${seq}`)
    return arrival === undefined ? [] : [(arrival - at) / NS_PER_MS]
  })
  const [p50, p99, max] = [0.5, 0.99, 1].map((share) => percentile(latencies, share))
  const figures = { p50: p50 ?? Number.NaN, p99: p99 ?? Number.NaN, max: max ?? Number.NaN }
  return { streams: streams.length, events, arrived: latencies.length, ...figures, cpuShare }
}

/** The arrivals of all events, once they are there or it has taken too long. */
async function awaitArrivals(clients: ClientProcess, events: number): Promise<ReadonlyMap<string, number>> {
  for (const until = Date.now() + ARRIVAL_TIMEOUT_MS; ; await delay(200)) {
    const answer = await clients.ask({ kind: 'arrivals' })
    const stored: readonly Arrival[] = answer.kind === 'arrivals' ? answer.arrivals : []
    if (stored.length > events) throw new BenchFailure(`${stored.length} arrivals of ${events} events`)
    if (stored.length === events || Date.now() > until)
      return new Map(stored.map(([stream, seq, at]) => [`${stream}:${seq}`, at]))
  }
}
