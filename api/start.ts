import type { Logger } from 'pino'

import { checkCredentials } from '../canvas/check.ts'
import { createGuardedAgent } from '../canvas/guard/agent.ts'
import type { ApiConfig } from '../config/env.ts'
import { rateLimitsOf } from '../config/rate-limits.ts'
import { parseKeyRing } from '../config/key-ring.ts'
import type { RunPace } from '../contract/reconcile.ts'
import { openDatabase, type OpenDatabase } from '../db/open.ts'
import { pingDatabase } from '../db/read/ping.ts'
import { listenForEvents } from '../db/read/listen.ts'
import { createTokenPolicy } from './accounts/access-token.ts'
import { createPasswords } from './accounts/passwords.ts'
import { createApp } from './app.ts'
import { createEventsHandler } from './events/handler.ts'
import { createHub, type Hub } from './events/hub.ts'
import { createStreamLimits } from './events/limit-streams.ts'
import { createLimiter, type Limiter } from './limits/limiter.ts'
import { listen } from './listen.ts'
import type { AppHandlers } from './route.ts'
import type { CheckCanvas } from './routes/account-deps.ts'
import { createAccountHandlers } from './routes/accounts.ts'
import { createAssignmentHandlers } from './routes/assignments.ts'
import { createFeedbackHandlers } from './routes/feedback.ts'
import { createHandoffHandlers } from './routes/handoffs/handoffs.ts'
import { createJobHandlers } from './routes/jobs/jobs.ts'
import { createMasterplanHandlers } from './routes/masterplans/masterplans.ts'
import { createSupervisorHandlers } from './routes/supervisor/supervisor.ts'
import { createResourceHandlers } from './routes/resources.ts'
import { createRuns, type Runs } from '../runs/create-runs.ts'
import { keepSchedule } from '../runs/keep-schedule.ts'
import { openArtefacts } from './artefact-files.ts'
import { openTemporal, type OpenTemporal, type TemporalAddress } from '../runs/connect.ts'

const MS_PER_SECOND = 1_000

export interface StartedApi extends AsyncDisposable {
  /** Scheme, host and port it is reached at. */
  readonly origin: string
}

export interface StartOptions {
  /** Where Temporal is; by default what the environment and profiles of @temporalio/envconfig say. */
  readonly temporal?: TemporalAddress
}

/**
 * Opens everything the API needs and listens. It starts while PostgreSQL or Temporal is away and answers 503 until
 * they are there. Disposing of it ends the streams first, lets requests finish, then closes what they worked with.
 */
export async function startApi(
  config: ApiConfig,
  logger: Logger,
  { temporal: address }: StartOptions = {},
): Promise<StartedApi> {
  await using opened = new AsyncDisposableStack()
  const db = opened.use(openPool(config, logger))
  const temporal = opened.use(openTemporal(address))
  const pace = paceOf(config)
  const { TASK_QUEUE: taskQueue } = config
  const runs = createRuns({ client: temporal.client, taskQueue, pace })
  const checkCanvas = openCanvasCheck(config, opened)
  const onError = (error: unknown) => logger.warn({ err: error }, 'listening for events broke off')
  const hub = opened.use(createHub({ db: db.read, listen: listenForEvents(db, { onError }), logger }))
  const stopping = new AbortController()
  const limiter = createLimiter(db, rateLimitsOf(config))
  const handlers = createHandlers({
    config,
    logger,
    db,
    temporal,
    hub,
    checkCanvas,
    limiter,
    ...runs,
  })
  // Last of all: a start that fails leaves no schedule behind.
  const everyMs = config.RECONCILE_SECONDS * MS_PER_SECOND
  const schedule = opened.use(keepSchedule({ client: temporal.client, taskQueue, pace, everyMs, logger }))
  const checks = { PostgreSQL: () => pingDatabase(db.read), Temporal: () => temporal.check() }
  const app = createApp({
    config,
    logger,
    db,
    handlers,
    limiter,
    readiness: { checks, hasSchedule: () => schedule.isThere, stopping: stopping.signal },
  })
  const serve = app.callback()
  const server = await listen((req, res) => void serve(req, res), {
    host: config.API_HOST,
    port: config.API_PORT,
  })
  // Runs first of all: nobody is sent here any more, and nothing is closed that a request still needs.
  opened.defer(async () => {
    stopping.abort()
    const graceMs = config.SHUTDOWN_GRACE_SECONDS * MS_PER_SECOND
    await Promise.all([hub.close('shutdown'), server.close(graceMs)])
  })
  const started = opened.move()
  return { origin: server.origin, [Symbol.asyncDispose]: () => started.disposeAsync() }
}

/** The pace at which the runs of this installation are started, whoever starts them. */
function paceOf(config: ApiConfig): RunPace {
  const stage = {
    heartbeat_timeout_ms: config.STAGE_HEARTBEAT_MS,
    initial_interval_ms: config.STAGE_RETRY_MS,
    max_attempts: config.STAGE_MAX_ATTEMPTS,
  }
  return { stage, timeout_base_s: config.JOB_TIMEOUT_SECONDS }
}

function openPool(config: ApiConfig, logger: Logger): OpenDatabase {
  return openDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    application: 'waymark-api',
    onConnectionError: (error) => logger.warn({ err: error }, 'a connection to PostgreSQL broke'),
  })
}

function openCanvasCheck(config: ApiConfig, opened: AsyncDisposableStack): CheckCanvas {
  const policy = { allowedHosts: config.CANVAS_ALLOWED_HOSTS, devHosts: config.CANVAS_DEV_HOSTS }
  const agent = createGuardedAgent(policy)
  opened.defer(() => agent.close())
  return (credentials) => checkCredentials({ ...credentials, policy, agent, contact: config.CANVAS_CONTACT })
}

interface Parts extends Runs {
  readonly config: ApiConfig
  readonly logger: Logger
  readonly db: OpenDatabase
  readonly temporal: OpenTemporal
  readonly hub: Hub
  readonly checkCanvas: CheckCanvas
  readonly limiter: Limiter
}

function createHandlers({
  config,
  logger,
  db,
  temporal,
  hub,
  checkCanvas,
  limiter,
  ...runs
}: Parts): AppHandlers {
  const limits = createStreamLimits({
    perUser: config.STREAMS_PER_USER,
    perProcess: config.STREAMS_PER_PROCESS,
  })
  const heartbeatMs = config.HEARTBEAT_SECONDS * MS_PER_SECOND
  const streamEvents = createEventsHandler({ db: db.read, hub, limits, logger, heartbeatMs })
  const checkTemporal = () => temporal.check()
  const jobDeps = { ...runs, db, client: temporal.client, planRuns: runs.runs, checkTemporal }
  return {
    ...createAccountHandlers({
      db,
      passwords: createPasswords(),
      tokens: createTokenPolicy(config),
      refreshTokenSeconds: config.REFRESH_TOKEN_SECONDS,
      keys: parseKeyRing(config.CREDENTIAL_KEYS.reveal()),
      checkCanvas,
      limiter,
    }),
    ...createAssignmentHandlers({
      db,
      client: temporal.client,
      runs: runs.runs,
      masterplanRuns: runs.masterplanRuns,
      handoffRuns: runs.handoffRuns,
      streamEvents,
      budgets: {
        run_tokens: config.LLM_BUDGET_RUN_TOKENS,
        execution_tokens: config.LLM_BUDGET_EXECUTION_TOKENS,
        user_day_tokens: config.LLM_BUDGET_USER_DAY_TOKENS,
      },
      checkTemporal,
    }),
    ...createFeedbackHandlers({ db, feedbackRuns: runs.feedbackRuns, checkTemporal }),
    ...createMasterplanHandlers({
      db,
      runs: runs.masterplanRuns,
      streamEvents,
      readArtefact: openArtefacts(config.ARTEFACT_ROOT),
      checkTemporal,
    }),
    ...createHandoffHandlers({ db, runs: runs.handoffRuns, streamEvents, checkTemporal }),
    ...createJobHandlers(jobDeps),
    ...createSupervisorHandlers(jobDeps),
    ...createResourceHandlers({ db, quotas: config.QUOTAS }),
  }
}
