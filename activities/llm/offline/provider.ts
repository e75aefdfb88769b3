import type { LlmPort, ModelCall, ModelStep, ModelSteps, SpentCall } from '../port.ts'
import { distillOfflineAbortably } from './distill/index.ts'
import { draftOffline } from './draft/draft-offline.ts'
import { adviseOffline } from './feedback/advise-offline.ts'
import { assessOffline } from './feedback/assess-offline.ts'
import { judgeOffline } from './judge/judge-offline.ts'
import { arrangeOffline } from './roles/arrange.ts'
import { auditOffline } from './roles/audit.ts'
import { scaffoldOffline } from './roles/build-scaffold.ts'
import { discoverOffline } from './roles/discover.ts'
import { guideOffline } from './roles/guide.ts'
import { releaseOffline } from './roles/release.ts'
import { reviewOffline } from './roles/review.ts'
import { noteOffline } from './work/note-offline.ts'

interface OfflineStep<S extends ModelStep> {
  /** Raised whenever the rules of the step change what comes out. */
  readonly version: string
  readonly run: (input: ModelSteps[S]['input'], call: ModelCall) => Promise<ModelSteps[S]['output']>
}

const STEPS: { readonly [S in ModelStep]: OfflineStep<S> } = {
  distill: { version: 'rules-distill-4', run: distillOfflineAbortably },
  draft: { version: 'rules-draft-4', run: async (input) => draftOffline(input) },
  assess: { version: 'rules-assess-3', run: async (input) => assessOffline(input) },
  advise: { version: 'rules-advise-3', run: async (input) => adviseOffline(input) },
  judge: { version: 'rules-judge-1', run: async ({ claims }) => ({ verdicts: judgeOffline(claims) }) },
  discover: { version: 'rules-discover-2', run: async (input) => discoverOffline(input) },
  arrange: { version: 'rules-arrange-1', run: async (input) => arrangeOffline(input) },
  scaffold: { version: 'rules-scaffold-2', run: async (input) => scaffoldOffline(input) },
  audit: { version: 'rules-audit-1', run: async (input) => auditOffline(input) },
  review: { version: 'rules-review-1', run: async (input) => reviewOffline(input) },
  release: { version: 'rules-release-1', run: async (input) => releaseOffline(input) },
  guide: { version: 'rules-guide-2', run: async (input) => guideOffline(input) },
  work_job: { version: 'rules-work-1', run: async (input) => noteOffline(input) },
}

const MODEL = 'rules-1'
const FREE = { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0, reasoning_tokens: 0 }

/** The provider that needs no key and no network: rules instead of a model, the same answer for the same input. */
export function createOfflineProvider(): LlmPort {
  return {
    provider: 'offline',
    run: async (step, input, call) => {
      call.signal.throwIfAborted()
      const { version, run } = STEPS[step]
      const started = performance.now()
      const book = async (outcome: SpentCall['outcome']): Promise<void> => {
        const duration_ms = Math.round(performance.now() - started)
        const about = { provider: 'offline', model: MODEL, prompt_version: version, failure: null }
        await call.book?.({ ...about, ...FREE, duration_ms, outcome, cached: false }, null)
      }
      const output = await run(input, call).catch(async (error: unknown) => {
        await book(call.signal.aborted ? 'CANCELED' : 'BROKEN')
        throw error
      })
      await book('ok')
      call.signal.throwIfAborted()
      return { output, model: MODEL, prompt_version: version, usage: { input_tokens: 0, output_tokens: 0 } }
    },
  }
}
