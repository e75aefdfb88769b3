import type { LlmPort, ModelCall, ModelStep, ModelSteps } from '../port.ts'
import { distillOfflineAbortably } from './distill/index.ts'
import { draftOffline } from './draft/draft-offline.ts'
import { judgeOffline } from './judge/judge-offline.ts'

interface OfflineStep<S extends ModelStep> {
  /** Raised whenever the rules of the step change what comes out. */
  readonly version: string
  readonly run: (input: ModelSteps[S]['input'], call: ModelCall) => Promise<ModelSteps[S]['output']>
}

const STEPS: { readonly [S in ModelStep]: OfflineStep<S> } = {
  distill: { version: 'rules-distill-2', run: distillOfflineAbortably },
  draft: { version: 'rules-draft-2', run: async (input) => draftOffline(input) },
  judge: { version: 'rules-judge-1', run: async ({ claims }) => ({ verdicts: judgeOffline(claims) }) },
}

/** The provider that needs no key and no network: rules instead of a model, the same answer for the same input. */
export function createOfflineProvider(): LlmPort {
  return {
    provider: 'offline',
    run: async (step, input, call) => {
      call.signal.throwIfAborted()
      const { version, run } = STEPS[step]
      const output = await run(input, call)
      call.signal.throwIfAborted()
      return {
        output,
        model: 'rules-1',
        prompt_version: version,
        usage: { input_tokens: 0, output_tokens: 0 },
      }
    },
  }
}
