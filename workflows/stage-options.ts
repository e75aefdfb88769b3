import type { ActivityOptions } from '@temporalio/workflow'

import type { StagePace } from './messages.ts'

const STAGE_TIMEOUT = '10 minutes'
// The attempts counted here only stop a stage that takes its worker down with it each time: a stage that fails decides
// by itself when to give up.
const STAGE_RETRY = { backoffCoefficient: 2, maximumInterval: '30 seconds', maximumAttempts: 20 } as const

/** How Temporal watches a stage and tries it again. */
export function stageOptions(pace: StagePace): ActivityOptions {
  const { initial_interval_ms: initialInterval, heartbeat_timeout_ms: heartbeatTimeout } = pace
  return { startToCloseTimeout: STAGE_TIMEOUT, heartbeatTimeout, retry: { ...STAGE_RETRY, initialInterval } }
}
