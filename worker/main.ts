import { Runtime } from '@temporalio/worker'

import { readWorkerConfig } from '../config/env.ts'
import { createLogger } from '../config/logger.ts'
import { serveHealth } from './health.ts'
import { createSdkLogger } from './sdk-logger.ts'
import { startWorker } from './start.ts'

const config = readWorkerConfig()
const logger = createLogger({ level: config.LOG_LEVEL, name: 'worker' })
// The runtime drains the worker on SIGTERM and SIGINT; run() resolves when that is done.
Runtime.install({ shutdownSignals: ['SIGTERM', 'SIGINT'], logger: createSdkLogger(logger) })

await using started = await startWorker(config, logger)
const health = await serveHealth({
  host: config.WORKER_HEALTH_HOST,
  port: config.WORKER_HEALTH_PORT,
  worker: started.worker,
})
logger.info({ port: config.WORKER_HEALTH_PORT }, 'the worker takes work')
await started.run
health.close()
logger.info('the worker has stopped')
