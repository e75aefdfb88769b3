import { z } from 'zod'

import { Prices } from './prices.ts'
import { Secret } from './secret.ts'

// Which models are asked, and with whose key: the names of models live here and nowhere in the code.

const PROVIDERS = ['openai', 'anthropic', 'google', 'openai-compatible'] as const

const SecretText = z
  .string()
  .min(1)
  .transform((text) => new Secret(text))
  .optional()
const Model = z.string().trim().min(1).optional()
const Address = z.url({ protocol: /^https?$/ }).optional()

const FORM = `must be provider:model, provider:model … with the providers ${PROVIDERS.join(', ')}`

const Fallbacks = z
  .string()
  .default('')
  .transform((text, context) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .flatMap((item) => {
        // A model's own name may hold colons, as in `qwen3:8b`.
        const at = item.indexOf(':')
        const provider = PROVIDERS.find((known) => known === item.slice(0, at))
        const model = item.slice(at + 1).trim()
        if (provider !== undefined && model !== '') return [{ provider, model }]
        context.addIssue({ code: 'custom', message: FORM })
        return []
      }),
  )

/** What a worker reads of the models it may ask. */
export const modelSettings = {
  LLM_PROVIDER: z.enum(['offline', ...PROVIDERS]).default('offline'),
  LLM_MODEL: Model,
  LLM_MODEL_DISTILL: Model,
  LLM_MODEL_DRAFT: Model,
  /** Best another one than drafts: who judges has not written. */
  LLM_MODEL_JUDGE: Model,
  /** Of feedback: where nothing is set, as judge and draft. */
  LLM_MODEL_ASSESS: Model,
  LLM_MODEL_ADVISE: Model,
  /** `provider:model, …`: asked in this order where the model before is overloaded or away. */
  LLM_FALLBACKS: Fallbacks,
  /** Key and address for LLM_PROVIDER. */
  LLM_API_KEY: SecretText,
  LLM_BASE_URL: Address,
  /** The same for providers that only LLM_FALLBACKS names. */
  LLM_API_KEY_OPENAI: SecretText,
  LLM_API_KEY_ANTHROPIC: SecretText,
  LLM_API_KEY_GOOGLE: SecretText,
  LLM_API_KEY_OPENAI_COMPATIBLE: SecretText,
  LLM_BASE_URL_OPENAI: Address,
  LLM_BASE_URL_ANTHROPIC: Address,
  LLM_BASE_URL_GOOGLE: Address,
  LLM_BASE_URL_OPENAI_COMPATIBLE: Address,
  /** How long one answer may take. */
  LLM_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(590).default(120),
  LLM_MAX_OUTPUT_TOKENS: z.coerce.number().int().min(256).default(16_000),
  /** Longer documents are read in parts. */
  LLM_PART_TOKENS: z.coerce.number().int().min(1_000).default(60_000),
  LLM_PRICES: Prices,
}

/** Which models are asked, parsed. */
export type ModelSettings = Readonly<z.infer<z.ZodObject<typeof modelSettings>>>

type Provider = (typeof PROVIDERS)[number]

/** Key and address of a provider; null where none is set. */
interface Access {
  readonly apiKey: Secret | null
  readonly baseUrl: string | null
}

function ownAccess(settings: ModelSettings, provider: Provider): Access {
  const [apiKey, baseUrl] = {
    openai: [settings.LLM_API_KEY_OPENAI, settings.LLM_BASE_URL_OPENAI] as const,
    anthropic: [settings.LLM_API_KEY_ANTHROPIC, settings.LLM_BASE_URL_ANTHROPIC] as const,
    google: [settings.LLM_API_KEY_GOOGLE, settings.LLM_BASE_URL_GOOGLE] as const,
    'openai-compatible': [
      settings.LLM_API_KEY_OPENAI_COMPATIBLE,
      settings.LLM_BASE_URL_OPENAI_COMPATIBLE,
    ] as const,
  }[provider]
  return { apiKey: apiKey ?? null, baseUrl: baseUrl ?? null }
}

/** Key and address for a provider: its own where set, else LLM_API_KEY and LLM_BASE_URL if it is LLM_PROVIDER. */
export function accessTo(settings: ModelSettings, provider: Provider): Access {
  const own = ownAccess(settings, provider)
  if (provider !== settings.LLM_PROVIDER) return own
  return {
    apiKey: own.apiKey ?? settings.LLM_API_KEY ?? null,
    baseUrl: own.baseUrl ?? settings.LLM_BASE_URL ?? null,
  }
}

type Fault = readonly [setting: string, message: string]

function accessFault(settings: ModelSettings, provider: Provider): readonly Fault[] {
  const { apiKey, baseUrl } = accessTo(settings, provider)
  const suffix = provider === settings.LLM_PROVIDER ? '' : `_${provider.toUpperCase().replaceAll('-', '_')}`
  if (provider !== 'openai-compatible')
    return apiKey === null ? [[`LLM_API_KEY${suffix}`, `must hold a key of ${provider}`]] : []
  const example = 'must say where the server is, e.g. http://127.0.0.1:11434/v1'
  return baseUrl === null ? [[`LLM_BASE_URL${suffix}`, example]] : []
}

/** What is missing for the models that are named, one sentence each under the setting it concerns. */
export function findModelFaults(settings: ModelSettings): readonly Fault[] {
  const { LLM_PROVIDER: first, LLM_FALLBACKS: others } = settings
  if (first === 'offline') {
    const message = 'names models, but LLM_PROVIDER is offline and asks none'
    return others.length === 0 ? [] : [['LLM_FALLBACKS', message]]
  }
  const steps = [settings.LLM_MODEL_DISTILL, settings.LLM_MODEL_DRAFT, settings.LLM_MODEL_JUDGE]
  const isNameless = settings.LLM_MODEL === undefined && steps.includes(undefined)
  const nameless: Fault = ['LLM_MODEL', `must name a model of ${first}, since LLM_PROVIDER is set to it`]
  const providers = new Set([first, ...others.map(({ provider }) => provider)])
  return [
    ...(isNameless ? [nameless] : []),
    ...[...providers].flatMap((provider) => accessFault(settings, provider)),
  ]
}

const Tokens = z.coerce.number().int().min(0)

/** What may be spent on models; worker and API read the same, the one to hold it and the other to show it. */
export const budgetSettings = {
  /** One plan of one generation, or one feedback. */
  LLM_BUDGET_RUN_TOKENS: Tokens.default(400_000),
  /** The whole execution of one masterplan: five roles at each of its tasks. */
  LLM_BUDGET_EXECUTION_TOKENS: Tokens.default(2_000_000),
  /** One user in one day, UTC, unless a budget of their own is set. */
  LLM_BUDGET_USER_DAY_TOKENS: Tokens.default(4_000_000),
}
