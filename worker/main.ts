import { Runtime, TransportError } from '@temporalio/worker'

import { ConfigError, readWorkerConfig } from '../config/env.ts'
import { CredentialSealError } from '../config/key-wrapper.ts'
import { createLogger } from '../config/logger.ts'
import { serveHealth } from './health.ts'
import { createSdkLogger } from './sdk-logger.ts'
import { startWorker } from './start.ts'

async function main(): Promise<void> {
  const config = readWorkerConfig()
  const logger = createLogger({ level: config.LOG_LEVEL, name: 'worker' })
  // The runtime drains the worker on SIGTERM and SIGINT; run() resolves when that is done.
  Runtime.install({ shutdownSignals: ['SIGTERM', 'SIGINT'], logger: createSdkLogger(logger) })
  await using started = await startWorker(config, logger)
  const { WORKER_HEALTH_HOST: host, WORKER_HEALTH_PORT: port } = config
  const health = await serveHealth({ host, port, worker: started.worker })
  logger.info({ port }, 'the worker takes work')
  await started.run
  health.close()
  logger.info('the worker has stopped')
}

/** What the operator can set right, in one line; undefined for anything else. */
function explain(error: unknown): string | undefined {
  if (error instanceof ConfigError || error instanceof CredentialSealError) return error.message
  if (!(error instanceof TransportError)) return undefined
  return 'Temporal does not answer. Start it, or set TEMPORAL_ADDRESS to where it is, then start the worker again.'
}

try {
  await main()
} catch (error) {
  const words = explain(error)
  if (words === undefined) throw error
  process.stderr.write(`${words}\n`)
  process.exitCode = 1
}
