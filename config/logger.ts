import { pino, stdSerializers, stdTimeFunctions, type DestinationStream, type Logger } from 'pino'
import { prettyFactory } from 'pino-pretty'

import { scrub } from './scrub.ts'

const SECRET_KEYS = [
  'authorization',
  'cookie',
  'password',
  'api_key',
  'apiKey',
  'token',
  'access_token',
  'refresh_token',
]

interface LoggerOptions {
  readonly level: string
  /** The process that speaks: api, worker, stack. */
  readonly name: string
  /** Lines for a person instead of JSON; for development. */
  readonly pretty?: boolean
  /** Where lines go; standard output when absent. */
  readonly destination?: DestinationStream
}

/** What every line of a child logger carries; absent values leave no key. */
export interface LogBindings {
  readonly request_id?: string | undefined
  readonly job_id?: string | undefined
  readonly workflow_id?: string | undefined
}

/**
 * Makes the logger of a process: JSON lines, ISO time, level by name.
 * Redaction by key misses deep, renamed and embedded secrets, so each finished line is scrubbed by shape as well.
 */
export function createLogger({ level, name, pretty = false, destination }: LoggerOptions): Logger {
  const sink = destination ?? pino.destination({ fd: 1, sync: true })
  return pino(
    {
      level,
      base: { name },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: stdSerializers.errWithCause, error: stdSerializers.errWithCause },
      redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`]), censor: '[secret]' },
    },
    scrubbing(sink, pretty ? prettyFactory({ colorize: destination === undefined }) : (line) => line),
  )
}

/** Binds the ids that tie a line to a request, a job and a workflow. */
export function bindLogger(logger: Logger, bindings: LogBindings): Logger {
  return logger.child(bindings)
}

function scrubbing(sink: DestinationStream, render: (line: string) => string): DestinationStream {
  return { write: (line) => sink.write(render(scrub(line))) }
}
