import { setImmediate } from 'node:timers/promises'

import type { Distilled } from '../../../../contract/requirements.ts'
import type { ModelCall, ModelSteps } from '../../port.ts'
import { distillInSteps, type Join } from './distill.ts'

type DistillInput = ModelSteps['distill']['input']

/** Distils an assignment by rules alone: deterministic, without a model, a key or a network; `join` may add to it. */
export function distillOffline(input: DistillInput, join?: Join): Distilled {
  const steps = distillInSteps(input, join)
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value
}

/** The same, letting other work run between documents; rejects with the signal's reason once it is aborted. */
export async function distillOfflineAbortably(
  input: DistillInput,
  { signal }: ModelCall,
): Promise<Distilled> {
  const steps = distillInSteps(input)
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value
    await setImmediate()
    signal.throwIfAborted()
  }
}
