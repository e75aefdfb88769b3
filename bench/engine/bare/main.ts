// The worker of the bare workflow, in a process of its own as Waymark's worker is.
import { fileURLToPath } from 'node:url'

import { loadClientConnectConfig } from '@temporalio/envconfig'
import { NativeConnection, Runtime, Worker } from '@temporalio/worker'

import { BARE_QUEUE, type Step } from './steps.ts'

// The default of WORKER_CONCURRENCY.
const CONCURRENCY = 20

Runtime.install({ shutdownSignals: ['SIGTERM', 'SIGINT'] })
const { connectionOptions, namespace = 'default' } = loadClientConnectConfig()
const connection = await NativeConnection.connect(connectionOptions)
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue: BARE_QUEUE,
  workflowsPath: fileURLToPath(new URL('workflow.ts', import.meta.url)),
  activities: { step: async (input: Step): Promise<Step> => input },
  maxConcurrentActivityTaskExecutions: CONCURRENCY,
})
await worker.run()
await connection.close()
