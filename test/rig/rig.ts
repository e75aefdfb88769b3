import { execFile } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { Client, Connection, type ScheduleHandle } from '@temporalio/client'
import { inject } from 'vitest'

import { reconcileScheduleId } from '../../contract/ids.ts'
import { ALL_TENANTS, type Scope } from '../../contract/scopes.ts'
import { grantScopes } from '../../db/intents/scopes.ts'
import type { OpenDatabase } from '../../db/open.ts'
import { startSandboxCanvas, type SandboxOptions } from '../../stack/canvas/start.ts'
import type { Child } from '../../stack/child.ts'
import { startServer, type Server } from '../../stack/processes.ts'
import { createTestDatabase, openTestDatabase, type TestDatabase } from '../database.ts'
import { registerStudent, signInAgain, type Student } from './student.ts'
import { ANY_PORT, originOfApi, originOfWorker } from './where-it-listens.ts'

type Sandbox = Awaited<ReturnType<typeof startSandboxCanvas>>

/** For tests that count tries or calls: a stage that is given up on a busy machine would be tried, and booked, once more. */
export const PATIENT = { STAGE_HEARTBEAT_MS: '20000' }

export const MAYA = 'sandbox~maya-okafor~student'

const DROP_MS = 2_000

interface RigOptions {
  /** Further environment of API and worker. */
  readonly env?: Readonly<Record<string, string>>
  readonly worker?: boolean
  /** A migrated database on a server of the test's own. */
  readonly databaseUrl?: string
  readonly temporalAddress?: string
  readonly canvas?: SandboxOptions
}

/** The whole of Waymark as processes, on a database and a task queue of its own, with the sandbox Canvas. */
export class Rig implements AsyncDisposable {
  readonly canvas: Sandbox
  readonly db: OpenDatabase
  readonly temporal: Client
  readonly folder: string
  readonly #env: NodeJS.ProcessEnv
  readonly #closing: AsyncDisposableStack
  #api: Child | undefined
  #origin: string | undefined
  #worker: Child | undefined

  constructor(parts: {
    canvas: Sandbox
    db: OpenDatabase
    temporal: Client
    folder: string
    env: NodeJS.ProcessEnv
    closing: AsyncDisposableStack
  }) {
    this.canvas = parts.canvas
    this.db = parts.db
    this.temporal = parts.temporal
    this.folder = parts.folder
    this.#env = parts.env
    this.#closing = parts.closing
  }

  /** Where the API is, also after another start. */
  get origin(): string {
    if (this.#origin === undefined) throw new Error('no API was started')
    return this.#origin
  }

  /** Starts the API where it was before, with further environment of this start alone. */
  async startApi(further: Readonly<Record<string, string>> = {}): Promise<void> {
    const API_PORT = this.#origin === undefined ? ANY_PORT : new URL(this.#origin).port
    const api = await this.#serveApi('api', { ...this.#env, API_PORT, ...further })
    this.#api = api
    this.#origin = api.origin
  }

  #serveApi(name: string, env: NodeJS.ProcessEnv): Promise<Server> {
    const logFile = join(this.folder, `${name}.log`)
    return startServer({ name, entry: 'api/main.ts', env, logFile, origin: originOfApi })
  }

  /** Starts a second API beside the first, for who disposes of it. */
  anotherApi(): Promise<Server> {
    return this.#serveApi('another-api', { ...this.#env, API_PORT: ANY_PORT })
  }

  /** Starts a worker, with further environment of this start alone. */
  async startWorker(further: Readonly<Record<string, string>> = {}): Promise<void> {
    const env = { ...this.#env, ...further, WORKER_HEALTH_PORT: ANY_PORT }
    const logFile = join(this.folder, 'worker.log')
    const origin = originOfWorker
    this.#worker = await startServer({ name: 'worker', entry: 'worker/main.ts', env, logFile, origin })
  }

  /** Ends the worker as a power cut would. */
  async killWorker(): Promise<void> {
    await kill(this.#worker)
    this.#worker = undefined
  }

  /** Ends the API as a power cut would. */
  async killApi(): Promise<void> {
    await kill(this.#api)
    this.#api = undefined
  }

  async stopWorker(): Promise<void> {
    await this.#worker?.stop()
    this.#worker = undefined
  }

  async stopApi(): Promise<void> {
    await this.#api?.stop()
    this.#api = undefined
  }

  get databaseUrl(): string {
    return this.#env['DATABASE_URL'] ?? ''
  }

  /** Runs a command of an operator to its end, and answers what it printed. */
  async command(entry: string, ...args: string[]): Promise<string> {
    const path = fileURLToPath(new URL(`../../${entry}`, import.meta.url))
    return (await promisify(execFile)(process.execPath, [path, ...args], { env: this.#env })).stdout
  }

  /** Everything API and worker have logged. */
  async logs(): Promise<string> {
    const files = ['api.log', 'worker.log'].map((name) =>
      readFile(join(this.folder, name), 'utf8').catch(() => ''),
    )
    return (await Promise.all(files)).join('\n')
  }

  /** A student whose Canvas is the sandbox, unless told otherwise. */
  async student(key: string | null = MAYA): Promise<Student> {
    const student = await registerStudent(this.origin)
    if (key === null) return student
    const { status, body } = await student.connectCanvas(this.canvas.origin, key)
    if (status !== 200) throw new Error(`the sandbox refused the key: ${JSON.stringify(body)}`)
    return student
  }

  /** Somebody with these scopes, in a tenant of their own unless told another, or of all with `*`. */
  async operator(scopes: readonly Scope[], tenant?: string): Promise<Student> {
    const platform = tenant === ALL_TENANTS
    return registerStudent(this.origin, async ({ user_id, email }) => {
      await grantScopes(this.db.write, { email, scopes, platform })
      if (tenant === undefined || platform) return
      const members = this.db.write.updateTable('accounts').set({ tenant_id: tenant })
      await members.where('user_id', '=', user_id).execute()
    })
  }

  /** The schedule of this task queue: it outlives the processes that made it. */
  get schedule(): ScheduleHandle {
    return this.temporal.schedule.getHandle(reconcileScheduleId(this.#env['TASK_QUEUE'] ?? ''))
  }

  // Else it would start a round that nobody takes up, again and again, on the server all tests share.
  async #dropSchedule(): Promise<void> {
    const deleted = this.temporal.withDeadline(Date.now() + DROP_MS, () => this.schedule.delete())
    // The test may have ended its Temporal before.
    await deleted.catch(() => undefined)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.stopApi(), this.stopWorker()])
    await this.#dropSchedule()
    await this.#closing.disposeAsync()
  }
}

async function kill(child: Child | undefined): Promise<void> {
  if (child === undefined) return
  process.kill(child.pid, 'SIGKILL')
  await child.exited
}

async function openRigDatabase(url: string | undefined): Promise<TestDatabase> {
  if (url === undefined) return createTestDatabase()
  const db = openTestDatabase(url)
  return { url, db, [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
}

function secrets(): Record<string, string> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    AUTH_JWT_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    CREDENTIAL_KEYS: `test:${randomBytes(32).toString('base64')}`,
  }
}

/** A student as an operator of their own tenant: scopes live on the account row and come with the next token. */
export async function promote(rig: Rig, student: Student, scopes: readonly Scope[]): Promise<Student> {
  await grantScopes(rig.db.write, { email: student.email, scopes, platform: false })
  return signInAgain(student)
}

/** Starts a rig; its parts end when it is disposed of. */
export async function startRig(options: RigOptions = {}): Promise<Rig> {
  await using opening = new AsyncDisposableStack()
  const database = opening.use(await openRigDatabase(options.databaseUrl))
  const canvas = opening.use(await startSandboxCanvas(options.canvas))
  const address = options.temporalAddress ?? inject('temporalAddress')
  const namespace = inject('temporalNamespace')
  const connection = Connection.lazy({ address })
  opening.defer(() => connection.close())
  const folder = await mkdtemp(join(tmpdir(), 'waymark-rig-'))
  opening.defer(() => rm(folder, { recursive: true, force: true }))
  const env = {
    ...process.env,
    ...secrets(),
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TASK_QUEUE: `test-${randomBytes(6).toString('hex')}`,
    CANVAS_DEV_HOSTS: [canvas.origin, canvas.filesOrigin].map((origin) => new URL(origin).host).join(','),
    STAGE_RETRY_MS: '20',
    // Long enough for a worker that shares its machine; a test in which one dies waits for no longer.
    STAGE_HEARTBEAT_MS: '5000',
    STAGE_MAX_ATTEMPTS: '3',
    WORKFLOW_BUNDLE: inject('workflowBundle'),
    ARTEFACT_ROOT: join(folder, 'artefacts'),
    NODE_ENV: 'test',
    // Whoever runs the tests may have a model of their own set: it is never asked by accident.
    LLM_PROVIDER: 'offline',
    ...options.env,
  }
  const temporal = new Client({ connection, namespace })
  const rig = new Rig({ canvas, db: database.db, temporal, folder, env, closing: opening.move() })
  const starting = [rig.startApi(), ...(options.worker === false ? [] : [rig.startWorker()])]
  const results = await Promise.allSettled(starting)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed === undefined) return rig
  const reason: unknown = failed.reason
  const logs = await rig.logs()
  await rig[Symbol.asyncDispose]()
  throw new Error(`the rig did not start: ${logs.slice(-2_000)}`, { cause: reason })
}
