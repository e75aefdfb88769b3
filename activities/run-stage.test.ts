import { MockActivityEnvironment } from '@temporalio/testing'
import { expect, test } from 'vitest'

import { createLogger } from '../config/logger.ts'
import { Secret } from '../config/secret.ts'
import { RunFailure } from '../contract/run-errors.ts'
import { openDatabase, type OpenDatabase } from '../db/open.ts'
import type { ActivityDeps } from './deps.ts'
import { runStage } from './run-stage.ts'

const INPUT = {
  workspace_id: '6f1f64b0-7f0e-4dd5-9a1c-6c3c9df1a001',
  generation: 1,
  job_id: 'j_1',
  max_attempts: 3,
}

/** A database where nobody listens. */
function openNowhere(): OpenDatabase {
  const options = { poolSize: 1, application: 'test', onConnectionError: () => undefined }
  return openDatabase({ ...options, url: new Secret('postgresql://127.0.0.1:1/none') })
}

function depsWith(db: OpenDatabase, lines: string[]): ActivityDeps {
  const destination = { write: (line: string) => void lines.push(line) }
  const logger = createLogger({ level: 'info', name: 'test', destination })
  // The stage is never reached, so neither is what it would reach the world through.
  return { db, logger, now: () => new Date() } as ActivityDeps
}

async function tryWithoutStore(info: object) {
  await using db = openNowhere()
  const lines: string[] = []
  const heartbeats: unknown[] = []
  const environment = new MockActivityEnvironment(info)
  environment.on('heartbeat', (details: unknown) => {
    heartbeats.push(details)
    // Ends the wait for PostgreSQL, which never comes.
    environment.cancel()
  })
  const work = () => Promise.reject(new RunFailure('CANVAS_UNREACHABLE', 'not reached'))
  const [outcome] = await Promise.allSettled([
    environment.run(() => runStage(depsWith(db, lines), 'draft_plan', INPUT, work)),
  ])
  return { outcome, heartbeats, lines }
}

test('a try without PostgreSQL is told as an outage and handed on as one more', async () => {
  const { outcome, heartbeats } = await tryWithoutStore({ attempt: 9, heartbeatDetails: { outages: 8 } })
  expect(outcome).toMatchObject({ status: 'rejected', reason: { type: 'STORE_AWAY', nonRetryable: false } })
  expect(heartbeats).toEqual([{ outages: 9 }])
})

test.each([undefined, null, 'x', { outages: -1 }])(
  'heartbeat details %j count as no outage',
  async (details) => {
    const { heartbeats } = await tryWithoutStore({ attempt: 1, heartbeatDetails: details })
    expect(heartbeats).toEqual([{ outages: 1 }])
  },
)

test('its lines carry job and workflow', async () => {
  const workflowExecution = { workflowId: 'plan-run-1', runId: 'r' }
  const { lines } = await tryWithoutStore({ attempt: 1, workflowExecution })
  const line: unknown = JSON.parse(lines[0] ?? '')
  expect(line).toMatchObject({ job_id: 'j_1', workflow_id: 'plan-run-1', stage: 'draft_plan', attempt: 1 })
})
