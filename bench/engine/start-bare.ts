import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'

import { startChild, type Child } from '../../stack/child.ts'
import { withTemporal } from '../../stack/temporal-settings.ts'
import { untilOneDies } from '../../stack/processes.ts'
import { say, type Ground } from '../ground/start-ground.ts'
import { BARE_QUEUE, BARE_WORKFLOW } from './bare/steps.ts'

const TIMEOUT = '30 seconds'

export interface Bare extends AsyncDisposable {
  readonly worker: Child
  /** Runs one workflow from its start to its result. */
  run(): Promise<void>
}

/** Starts the worker of the bare workflow, and a client as the API's. */
export async function startBare({ folder, temporal }: Ground, deadline: AbortSignal): Promise<Bare> {
  await using opened = new AsyncDisposableStack()
  say('starting the bare worker')
  const { PATH, HOME } = process.env
  const worker = opened.use(
    await startChild({
      name: 'bare worker',
      command: process.execPath,
      args: [fileURLToPath(new URL('bare/main.ts', import.meta.url))],
      env: withTemporal({ PATH, HOME }, temporal.address, temporal.namespace),
      logFile: join(folder, 'bare-worker.log'),
    }),
  )
  const connection = Connection.lazy({ address: temporal.address })
  opened.defer(() => connection.close())
  const client = new Client({ connection, namespace: temporal.namespace })
  const run = async (): Promise<void> => {
    const workflowId = `bare:${randomUUID()}`
    const options = { workflowId, taskQueue: BARE_QUEUE, workflowExecutionTimeout: TIMEOUT } as const
    // A call that is still retried when its connection closes would end this process.
    await client.withAbortSignal(deadline, () => client.workflow.execute(BARE_WORKFLOW, options))
  }
  // The first one waits in the queue until the worker has bundled its workflow.
  await Promise.race([run(), untilOneDies([worker])])
  const started = opened.move()
  return { worker, run, [Symbol.asyncDispose]: () => started.disposeAsync() }
}
