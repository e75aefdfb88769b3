import { z } from 'zod'

import { TASK_QUEUE } from '../contract/ids.ts'
import { ConfigError } from './config-error.ts'
import { budgetSettings, findModelFaults, modelSettings, type ModelSettings } from './models.ts'
import { rateLimitSettings } from './rate-limits.ts'
import { readSecretFiles } from './read-secret-files.ts'
import { Secret } from './secret.ts'

export { ConfigError }

const Port = z.coerce.number().int().min(0).max(65_535)
const Seconds = z.coerce.number().int().min(1)
const List = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item.length > 0),
  )
const SecretText = z
  .string()
  .min(1)
  .transform((text) => new Secret(text))

const DEPTHS = 6
const Quotas = z
  .string()
  .transform((text) => text.split(',').map((part) => Number(part.trim())))
  .pipe(z.array(z.int().min(1).max(10_000)).length(DEPTHS, 'must be six whole numbers, for depths 0 to 5'))

const common = {
  DATABASE_URL: SecretText,
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(20),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** `id:base64` of 32 bytes each, comma-separated; the first one seals, all of them open. */
  CREDENTIAL_KEYS: SecretText,
  CANVAS_ALLOWED_HOSTS: List,
  /** Hosts (`host:port`) that may be reached over plain http on this machine; for development only. */
  CANVAS_DEV_HOSTS: List,
  CANVAS_CONTACT: z.string().default('operator of this installation'),
  /** Where the artefacts of executions lie: one place for API and worker. */
  ARTEFACT_ROOT: z.string().min(1).default('.waymark/artefacts'),
  /** The most workers a tenant may hold at depths 0 to 5 of its tree of jobs. */
  QUOTAS: Quotas.default([10, 8, 5, 3, 2, 1]),
  /** Workers take work from this queue; two installations on one Temporal namespace need two names. */
  TASK_QUEUE: z.string().min(1).default(TASK_QUEUE),
}

const ApiEnvironment = z.object({
  ...common,
  ...budgetSettings,
  ...rateLimitSettings,
  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: Port.default(4000),
  /** How many proxies of ours stand before the API; what they say of the caller's address is believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** PKCS #8 PEM of an ES256 key. */
  AUTH_JWT_PRIVATE_KEY: SecretText,
  AUTH_ISSUER: z.string().default('waymark'),
  AUTH_AUDIENCE: z.string().default('waymark-api'),
  ACCESS_TOKEN_SECONDS: Seconds.default(900),
  REFRESH_TOKEN_SECONDS: Seconds.default(30 * 24 * 3_600),
  CORS_ORIGINS: List,
  STREAMS_PER_USER: z.coerce.number().int().min(1).default(5),
  STREAMS_PER_PROCESS: z.coerce.number().int().min(1).default(1_000),
  HEARTBEAT_SECONDS: Seconds.default(15),
  /** How a stage is watched, and how often it tries again by itself before it waits for a person. */
  STAGE_MAX_ATTEMPTS: z.coerce.number().int().min(1).max(20).default(4),
  STAGE_HEARTBEAT_MS: z.coerce.number().int().min(400).default(8_000),
  STAGE_RETRY_MS: z.coerce.number().int().min(1).default(1_000),
  /** What the longest a submitted job may take at each depth grows from. */
  JOB_TIMEOUT_SECONDS: Seconds.default(300),
  /** How often runs are looked for that should be under way and are not. */
  RECONCILE_SECONDS: Seconds.default(15),
  SHUTDOWN_GRACE_SECONDS: Seconds.default(10),
})

function tellModelFaults(settings: ModelSettings, context: z.core.$RefinementCtx): void {
  for (const [name, message] of findModelFaults(settings))
    context.addIssue({ code: 'custom', path: [name], message })
}

const WorkerEnvironment = z
  .object({
    ...common,
    ...modelSettings,
    ...budgetSettings,
    WORKER_HEALTH_HOST: z.string().default('127.0.0.1'),
    WORKER_HEALTH_PORT: Port.default(4001),
    WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(500).default(20),
    /** A bundle made at build time; without it the worker bundles its workflows when it starts. */
    WORKFLOW_BUNDLE: z.string().optional(),
    SHUTDOWN_GRACE_SECONDS: Seconds.default(20),
  })
  .superRefine(tellModelFaults)

const ModelEnvironment = z.object(modelSettings).superRefine(tellModelFaults)

const RotationEnvironment = z.object({ CREDENTIAL_KEYS: common.CREDENTIAL_KEYS })

const OperatorEnvironment = z.object({
  WAYMARK_API: z.url().default('http://127.0.0.1:4000'),
  /** An access token with jobs:write, as POST /auth/login gives it. */
  WAYMARK_TOKEN: SecretText,
})

const MigrationEnvironment = z.object({ DATABASE_URL: common.DATABASE_URL })

/** The names of what each process reads from the environment. */
export const SETTINGS = {
  api: Object.keys(ApiEnvironment.shape),
  worker: Object.keys(WorkerEnvironment.shape),
  migration: Object.keys(MigrationEnvironment.shape),
} as const

export type ApiConfig = Readonly<z.infer<typeof ApiEnvironment>>
export type WorkerConfig = Readonly<z.infer<typeof WorkerEnvironment>>
export type ModelConfig = Readonly<z.infer<typeof ModelEnvironment>>
export type MigrationConfig = Readonly<z.infer<typeof MigrationEnvironment>>
export type OperatorConfig = Readonly<z.infer<typeof OperatorEnvironment>>
export type RotationConfig = Readonly<z.infer<typeof RotationEnvironment>>

type Environment = Readonly<Record<string, string | undefined>>

function parse<T extends z.ZodObject>(schema: T, environment: Environment): Readonly<z.infer<T>> {
  const complete = readSecretFiles(environment, Object.keys(schema.shape))
  const present = Object.fromEntries(Object.entries(complete).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(present)
  if (parsed.success) return Object.freeze(parsed.data)
  const lines = parsed.error.issues.map(({ code, path, message }) => {
    const name = path.join('.')
    const isMissing = code === 'invalid_type' && path.length === 1 && !Object.hasOwn(present, name)
    return isMissing ? `  ${name} is not set, nor is ${name}_FILE` : `  ${name}: ${message}`
  })
  throw new ConfigError(`The environment is not complete or not right:\n${lines.join('\n')}`)
}

/** Reads the API's settings from the environment, once; throws ConfigError. */
export function readApiConfig(environment: Environment = process.env): ApiConfig {
  return parse(ApiEnvironment, environment)
}

/** Reads the worker's settings from the environment, once; throws ConfigError. */
export function readWorkerConfig(environment: Environment = process.env): WorkerConfig {
  return parse(WorkerEnvironment, environment)
}

/** Reads only which models are asked, for a provider named otherwise than by the environment; throws ConfigError. */
export function readModelConfig(provider: string, environment: Environment = process.env): ModelConfig {
  return parse(ModelEnvironment, { ...environment, LLM_PROVIDER: provider })
}

/** Reads what a migration needs from the environment; throws ConfigError. */
export function readMigrationConfig(environment: Environment = process.env): MigrationConfig {
  return parse(MigrationEnvironment, environment)
}

/** Reads where the API is and who asks it, for commands that steer runs; throws ConfigError. */
export function readOperatorConfig(environment: Environment = process.env): OperatorConfig {
  return parse(OperatorEnvironment, environment)
}

/** Reads what a rotation of keys needs on top of the database from the environment; throws ConfigError. */
export function readRotationConfig(environment: Environment = process.env): RotationConfig {
  return parse(RotationEnvironment, environment)
}
