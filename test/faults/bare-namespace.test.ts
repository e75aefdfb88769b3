import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'

import { Connection } from '@temporalio/client'
import { inject, expect, test } from 'vitest'

import { startRig } from '../rig/rig.ts'
import { expectOnePlan } from './history.ts'

const RETENTION_SECONDS = 86_400

/** A namespace in which nobody has registered anything; the server takes a moment to know it everywhere. */
async function registerNamespace(): Promise<string> {
  const connection = await Connection.connect({ address: inject('temporalAddress') })
  const namespace = `bare-${randomBytes(4).toString('hex')}`
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: RETENTION_SECONDS as never },
  })
  for (;;) {
    const known = await connection.workflowService.listWorkflowExecutions({ namespace }).then(
      () => true,
      () => false,
    )
    if (known) break
    await delay(100)
  }
  await connection.close()
  return namespace
}

test('a start on a namespace of the user’s own is accepted before any worker was up, and runs when one comes', async () => {
  const TEMPORAL_NAMESPACE = await registerNamespace()
  await using rig = await startRig({ worker: false, env: { TEMPORAL_NAMESPACE } })
  const student = await rig.student()
  const { status } = await student.start('2103/5104')
  expect(status).toBe(202)
  await rig.startWorker()
  expectOnePlan(await student.finished('2103/5104'))
})
