import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4 } from '@ai-sdk/provider'

import type { Secret } from '../../../config/secret.ts'

export type ModelProvider = 'openai' | 'anthropic' | 'google' | 'openai-compatible'

/** One model that may be asked, and where. */
export interface ModelChoice {
  readonly provider: ModelProvider
  readonly model: string
  /** Null only for a server that asks for none. */
  readonly apiKey: Secret | null
  /** Null for the provider's own address. */
  readonly baseUrl: string | null
}

interface Access {
  readonly apiKey: string
  readonly baseURL: string
  readonly fetch: typeof globalThis.fetch
}

// A key in a header of the provider's own would follow a redirect to any host.
const fetchHere: typeof globalThis.fetch = (input, init) => fetch(input, { ...init, redirect: 'error' })

// Addresses are given in full, since the SDK would otherwise look for one in the environment by itself.
const OWN_ADDRESS: Readonly<Record<ModelProvider, string>> = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com/v1',
  google: 'https://generativelanguage.googleapis.com/v1beta',
  'openai-compatible': 'http://127.0.0.1:11434/v1',
}

const MAKERS: Readonly<Record<ModelProvider, (access: Access, model: string) => LanguageModelV4>> = {
  openai: (access, model) => createOpenAI(access)(model),
  anthropic: (access, model) => createAnthropic(access)(model),
  google: (access, model) => createGoogle(access)(model),
  // Without structured outputs the schema would be dropped from the request with nothing but a warning.
  'openai-compatible': (access, model) =>
    createOpenAICompatible({
      name: 'openai-compatible',
      ...access,
      supportsStructuredOutputs: true,
      includeUsage: true,
    })(model),
}

// Some servers ask for no key but refuse an empty one; and without any the SDK would look for one in the environment.
const NO_KEY = 'none'

/** Makes the SDK's model for a choice; nothing is sent yet. */
export function createModel({ provider, model, apiKey, baseUrl }: ModelChoice): LanguageModelV4 {
  // The SDK prints warnings to the console by itself, and a warning may quote a setting.
  globalThis.AI_SDK_LOG_WARNINGS = false
  const baseURL = baseUrl ?? OWN_ADDRESS[provider]
  return MAKERS[provider]({ apiKey: apiKey?.reveal() ?? NO_KEY, baseURL, fetch: fetchHere }, model)
}
