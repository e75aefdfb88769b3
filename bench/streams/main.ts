// `node bench/streams/main.ts [latency] [memory]`: from commit to client with 1,000 streams, and 10,000 idle ones.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { Secret } from '../../config/secret.ts'
import { migrateUp } from '../../db/migrate.ts'
import { openDatabase } from '../../db/open.ts'
import { startPostgres } from '../../stack/postgres.ts'
import { StackFailure } from '../../stack/stack-failure.ts'
import { startClients } from './client-process.ts'
import { BenchFailure } from '../ground/bench-failure.ts'
import { measureLatency, openStreams, type Latency } from './measure.ts'
import { seedStreams } from './seed.ts'
import { startApi } from './start-api.ts'

const LIVE_STREAMS = 1_000
const IDLE_STREAMS = 10_000
const LOAD = { events: 4_000, perSecond: 200 }
const WARM_UP = { events: 500, perSecond: 200 }
const SETTLE_MS = 20_000
// Both ends of a stream, and what else a process has open.
const SPARE_FILES = 200

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function checkOpenFiles(): Promise<void> {
  const limits = await readFile('/proc/self/limits', 'utf8')
  const soft = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY)
  const wanted = IDLE_STREAMS + SPARE_FILES
  if (soft < wanted)
    throw new BenchFailure(`a process may open ${soft} files here: run ulimit -n ${wanted} first`)
}

interface Ground {
  readonly databaseUrl: string
  readonly folder: string
}

async function benchLatency({ databaseUrl, folder }: Ground): Promise<Latency> {
  await using db = openBenchDatabase(databaseUrl)
  await using api = await startApi(databaseUrl, folder, LIVE_STREAMS)
  const streams = await seedStreams(db.write, api.userId, LIVE_STREAMS)
  {
    await using warmUp = startClients()
    await openStreams(api, warmUp, streams)
    await measureLatency({ api, clients: warmUp, db: db.write }, streams, WARM_UP)
  }
  await using clients = startClients()
  await openStreams(api, clients, streams)
  return await measureLatency({ api, clients, db: db.write }, streams, LOAD)
}

interface Memory {
  readonly before: number
  readonly after: number
  readonly openedInMs: number
  readonly cpuShare: number
}

async function benchMemory({ databaseUrl, folder }: Ground): Promise<Memory> {
  await using db = openBenchDatabase(databaseUrl)
  await using api = await startApi(databaseUrl, folder, IDLE_STREAMS)
  const streams = await seedStreams(db.write, api.userId, IDLE_STREAMS)
  await using clients = startClients()
  const before = await api.memoryMb()
  const begun = performance.now()
  await openStreams(api, clients, streams)
  const openedInMs = performance.now() - begun
  const cpuBefore = await api.cpuMs()
  await delay(SETTLE_MS)
  const cpuShare = ((await api.cpuMs()) - cpuBefore) / SETTLE_MS
  return { before, after: await api.memoryMb(), openedInMs, cpuShare }
}

const openBenchDatabase = (url: string) =>
  openDatabase({
    url: new Secret(url),
    poolSize: 8,
    application: 'bench',
    // PostgreSQL may stop before the last goodbye has reached it; what breaks earlier fails its query.
    onConnectionError: () => undefined,
  })

/** Each measurement starts from an empty database of its own. */
async function onFreshGround<T>(measure: (ground: Ground) => Promise<T>): Promise<T> {
  await using opened = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'waymark-bench-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const postgres = opened.use(await startPostgres({ durable: true, say: () => undefined }))
  {
    await using db = openBenchDatabase(postgres.url)
    await migrateUp(db.write)
  }
  return await measure({ databaseUrl: postgres.url, folder })
}

const ms = (value: number) => `${value.toFixed(1)} ms`
const percent = (share: number) => `${(share * 100).toFixed(0)} %`

async function printLatency(): Promise<void> {
  const live = await onFreshGround(benchLatency)
  say('\n| streams | events/s | events | arrived | p50 | p99 | max | API processor |')
  say('|---|---|---|---|---|---|---|---|')
  const { streams, events, arrived, p50, p99, max, cpuShare } = live
  const cells = [streams, LOAD.perSecond, events, arrived, ms(p50), ms(p99), ms(max), percent(cpuShare)]
  say(`| ${cells.join(' | ')} |`)
  if (arrived !== events) throw new BenchFailure(`${events - arrived} events did not arrive`)
}

async function printMemory(): Promise<void> {
  await checkOpenFiles()
  const { before, after, openedInMs, cpuShare } = await onFreshGround(benchMemory)
  const perStreamKb = ((after - before) * 1_024) / IDLE_STREAMS
  say('\n| idle streams | opened in | memory before | memory after | per stream | API processor |')
  say('|---|---|---|---|---|---|')
  const memory = [`${before.toFixed(0)} MB`, `${after.toFixed(0)} MB`, `${perStreamKb.toFixed(1)} kB`]
  say(`| ${[IDLE_STREAMS, ms(openedInMs), ...memory, percent(cpuShare)].join(' | ')} |`)
}

const PARTS = { latency: printLatency, memory: printMemory }

async function main(names: readonly string[]): Promise<void> {
  const [load = 0] = loadavg()
  say(`Node ${process.version}, ${availableParallelism()} processors, load ${load.toFixed(1)} at the start`)
  for (const [name, print] of Object.entries(PARTS))
    if (names.length === 0 || names.includes(name)) await print()
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof BenchFailure || error instanceof StackFailure)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
