import { expect, test } from 'vitest'

import { createLogger } from '../config/logger.ts'
import { createSdkLogger } from './sdk-logger.ts'

test('lines of the SDK about a workflow carry its id under the name ours have it', () => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const sdk = createSdkLogger(createLogger({ level: 'info', name: 'worker', destination }))
  sdk.warn('Activity failed', { workflowId: 'plan-run-1', attempt: 2 })
  sdk.warn('Worker state changed')
  const [about, alone]: unknown[] = lines.map((line) => JSON.parse(line))
  expect(about).toMatchObject({
    level: 'warn',
    workflow_id: 'plan-run-1',
    attempt: 2,
    msg: 'Activity failed',
  })
  expect(alone).not.toHaveProperty('workflow_id')
})
