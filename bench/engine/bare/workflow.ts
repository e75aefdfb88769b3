import { proxyActivities } from '@temporalio/workflow'

import { STEPS, type Step } from './steps.ts'

const { step } = proxyActivities<{ step(input: Step): Promise<Step> }>({ startToCloseTimeout: '10 seconds' })

/** Six activities that do nothing, one after the other: what the engine costs before anything is built on it. */
export async function sixSteps(): Promise<void> {
  for (const name of STEPS) await step({ name })
}
