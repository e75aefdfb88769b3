import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'

import { loadClientConnectConfig } from '@temporalio/envconfig'
import { NativeConnection, Worker, type NativeConnectionOptions } from '@temporalio/worker'
import type { Logger } from 'pino'

import { createSandbox, type Sandbox } from '../activities/documents/sandbox.ts'
import { openArtefactRoot } from '../activities/artefacts/artefact-root.ts'
import { createAnswerStore } from '../activities/llm/cache/create-store.ts'
import { createActivities } from '../activities/index.ts'
import type { WorkerConfig } from '../config/env.ts'
import { parseKeyRing } from '../config/key-ring.ts'
import { openDatabase } from '../db/open.ts'
import { openTemporal } from '../runs/connect.ts'
import { createRound } from '../runs/mend/round.ts'
import { workflowSource } from './bundle.ts'
import { chooseModels } from './choose-models.ts'
import { createCanvasAccess } from './connect-canvas.ts'
import { markWork } from './mark-work.ts'
import { startWorkMeter } from './measure-work.ts'
import { registerSearchAttributes } from './register-search-attributes.ts'

// A run stays with the worker that has it in memory. Another takes it up after this long where that one is gone: well
// before the API gives up waiting for an answer, eight seconds at the least.
const GIVEN_UP_MS = 4_000

export interface StartedWorker extends AsyncDisposable {
  readonly worker: Worker
  /** Resolves when the worker has drained after its shutdown. */
  readonly run: Promise<void>
}

interface StartOptions {
  /** Where Temporal is; by default what the environment and profiles of @temporalio/envconfig say. */
  readonly temporal?: { readonly address: string; readonly namespace: string }
}

/** A part the worker cannot live without does not answer; the message says what to do. */
export class WorkerCannotStart extends Error {
  override readonly name = 'WorkerCannotStart'
}

const NO_TEMPORAL =
  'Temporal does not answer. Start it, or set TEMPORAL_ADDRESS to where it is, then start the worker again.'

const NO_ATTRIBUTES =
  'This Temporal namespace lets nobody register search attributes from here. Have its operator add'

const NO_SANDBOX =
  'Documents cannot be read in a sandbox on this machine. Run `npm ci` again; if it stays, see that node and prlimit may be started by this user.'

async function connect(options: NativeConnectionOptions): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(options)
  } catch (cause) {
    throw new WorkerCannotStart(NO_TEMPORAL, { cause })
  }
}

/** A sandbox that has read a document, so that a machine on which none can be read is found out at the start. */
async function openSandbox(): Promise<Sandbox> {
  try {
    const sandbox = await createSandbox()
    await sandbox.run('html', Buffer.from('<p>ready</p>'))
    return sandbox
  } catch (cause) {
    throw new WorkerCannotStart(NO_SANDBOX, { cause })
  }
}

function connectionOf(options: StartOptions) {
  if (options.temporal !== undefined) {
    return { connectionOptions: { address: options.temporal.address }, namespace: options.temporal.namespace }
  }
  return loadClientConnectConfig()
}

function paceOf({ WORKER_CONCURRENCY, SHUTDOWN_GRACE_SECONDS }: WorkerConfig) {
  return {
    maxConcurrentActivityTaskExecutions: WORKER_CONCURRENCY,
    stickyQueueScheduleToStartTimeout: GIVEN_UP_MS,
    shutdownGraceTime: `${SHUTDOWN_GRACE_SECONDS}s` as const,
  }
}

/** Opens everything a worker needs and begins to take work. */
export async function startWorker(
  config: WorkerConfig,
  logger: Logger,
  options: StartOptions = {},
): Promise<StartedWorker> {
  await using opened = new AsyncDisposableStack()
  const { connectionOptions, namespace = 'default' } = connectionOf(options)
  const connection = await connect(connectionOptions)
  opened.defer(() => connection.close())
  const missing = await registerSearchAttributes(connection, namespace)
  if (missing.length > 0) throw new WorkerCannotStart(`${NO_ATTRIBUTES} ${missing.join(', ')}.`)
  const db = opened.use(
    openDatabase({
      url: config.DATABASE_URL,
      poolSize: config.DATABASE_POOL_SIZE,
      application: 'waymark-worker',
      onConnectionError: (error) => logger.warn({ err: error }, 'a connection to PostgreSQL broke'),
    }),
  )
  const sandbox = await openSandbox()
  logger.info({ sandbox: sandbox.describeSandbox() }, 'documents are read in a sandbox')
  const policy = { allowedHosts: config.CANVAS_ALLOWED_HOSTS, devHosts: config.CANVAS_DEV_HOSTS }
  const keys = parseKeyRing(config.CREDENTIAL_KEYS.reveal())
  const canvas = opened.use(createCanvasAccess({ db: db.read, keys, policy, contact: config.CANVAS_CONTACT }))
  const llm = chooseModels(config, createAnswerStore(db.write))
  logger.info({ provider: llm.provider, model: config.LLM_MODEL ?? null }, 'steps are put to this provider')
  const spending = {
    run_tokens: config.LLM_BUDGET_RUN_TOKENS,
    execution_tokens: config.LLM_BUDGET_EXECUTION_TOKENS,
    user_day_tokens: config.LLM_BUDGET_USER_DAY_TOKENS,
    prices: config.LLM_PRICES,
  }
  const artefacts = openArtefactRoot(resolve(config.ARTEFACT_ROOT))
  // What runs are started and looked up by; the connection of the worker itself only polls.
  const { client } = opened.use(openTemporal(options.temporal))
  const reconcile = createRound({ db, client, taskQueue: config.TASK_QUEUE, logger })
  const parts = { db, llm, spending, sandbox, canvas, artefacts, quotas: config.QUOTAS, reconcile, logger }
  const meter = opened.use(startWorkMeter(db, logger))
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: config.TASK_QUEUE,
    ...workflowSource(config.WORKFLOW_BUNDLE),
    activities: { ...createActivities({ ...parts, now: () => new Date() }) },
    interceptors: { activity: [meter.interceptor, markWork(db, randomUUID(), logger)] },
    ...paceOf(config),
  })
  const run = worker.run()
  const rest = opened.move()
  return {
    worker,
    run,
    [Symbol.asyncDispose]: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown()
      await run
      await rest.disposeAsync()
    },
  }
}
