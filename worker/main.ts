import { Runtime } from '@temporalio/worker'

import { ConfigError, readWorkerConfig } from '../config/env.ts'
import { CredentialSealError } from '../config/key-wrapper.ts'
import { createLogger } from '../config/logger.ts'
import { serveHealth } from './health.ts'
import { createSdkLogger } from './sdk-logger.ts'
import { startWorker, WorkerCannotStart } from './start.ts'

async function main(): Promise<void> {
  const config = readWorkerConfig()
  const logger = createLogger({ level: config.LOG_LEVEL, name: 'worker' })
  // The runtime drains the worker on SIGTERM and SIGINT; run() resolves when that is done.
  Runtime.install({ shutdownSignals: ['SIGTERM', 'SIGINT'], logger: createSdkLogger(logger) })
  await using started = await startWorker(config, logger)
  const { WORKER_HEALTH_HOST: host, WORKER_HEALTH_PORT: port } = config
  const health = await serveHealth({ host, port, worker: started.worker })
  logger.info({ port: health.port }, 'the worker takes work')
  await started.run
  health.close()
  logger.info('the worker has stopped')
}

/** Whether the operator can set it right; anything else needs its stack. */
function isForOperator(error: unknown): error is Error {
  return (
    error instanceof ConfigError || error instanceof CredentialSealError || error instanceof WorkerCannotStart
  )
}

try {
  await main()
} catch (error) {
  if (!isForOperator(error)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
