import type { AnswerStore } from '../activities/llm/cache/share-answer.ts'
import { createOfflineProvider } from '../activities/llm/offline/provider.ts'
import type { LlmPort } from '../activities/llm/port.ts'
import type { ModelChoice } from '../activities/llm/providers/create-model.ts'
import { createModelProvider } from '../activities/llm/providers/provider.ts'
import { ConfigError } from '../config/env.ts'
import { accessTo, type ModelSettings } from '../config/models.ts'

/** The models the configuration names, behind the port; the rules where it names none. */
export function chooseModels(config: ModelSettings, store: AnswerStore | null): LlmPort {
  const { LLM_PROVIDER: provider } = config
  if (provider === 'offline') return createOfflineProvider()
  const fallbacks = config.LLM_FALLBACKS.map((named) => ({ ...named, ...accessTo(config, named.provider) }))
  const inOrder = (own: string | undefined): [ModelChoice, ...ModelChoice[]] => {
    const model = own ?? config.LLM_MODEL
    if (model === undefined) throw new ConfigError('LLM_MODEL names no model.')
    return [{ provider, model, ...accessTo(config, provider) }, ...fallbacks]
  }
  // Of the roles, those that make something are asked where drafts are, those that judge it where claims are judged.
  const author = inOrder(config.LLM_MODEL_DRAFT)
  const judge = inOrder(config.LLM_MODEL_JUDGE)
  return createModelProvider({
    provider,
    choices: {
      distill: inOrder(config.LLM_MODEL_DISTILL),
      draft: author,
      judge,
      assess: inOrder(config.LLM_MODEL_ASSESS ?? config.LLM_MODEL ?? config.LLM_MODEL_JUDGE),
      advise: inOrder(config.LLM_MODEL_ADVISE ?? config.LLM_MODEL ?? config.LLM_MODEL_DRAFT),
      discover: author,
      arrange: author,
      scaffold: author,
      guide: author,
      audit: judge,
      review: judge,
      release: judge,
    },
    timeout_ms: config.LLM_TIMEOUT_SECONDS * 1_000,
    max_output_tokens: config.LLM_MAX_OUTPUT_TOKENS,
    part_tokens: config.LLM_PART_TOKENS,
    ...(store === null ? {} : { store }),
  })
}
