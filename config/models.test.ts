import { describe, expect, test } from 'vitest'

import { readWorkerConfig } from './env.ts'
import { accessTo } from './models.ts'

const BASE = { DATABASE_URL: 'postgresql://u:p@127.0.0.1/x', CREDENTIAL_KEYS: `k:${'A'.repeat(43)}=` }
const read = (more: Record<string, string> = {}) => readWorkerConfig({ ...BASE, ...more })
const OPENAI = { LLM_PROVIDER: 'openai', LLM_MODEL: 'large', LLM_API_KEY: 'planted' }

describe('the models of a worker', () => {
  test('are none unless they are named, whatever keys lie about', () => {
    expect(read({ OPENAI_API_KEY: 'planted', ANTHROPIC_API_KEY: 'planted' }).LLM_PROVIDER).toBe('offline')
  })

  test('have one answer of two minutes by default', () => {
    const { LLM_TIMEOUT_SECONDS, LLM_MAX_OUTPUT_TOKENS } = read(OPENAI)
    expect([LLM_TIMEOUT_SECONDS, LLM_MAX_OUTPUT_TOKENS]).toEqual([120, 16_000])
  })

  test('are asked in the order of the list, colons in their names and all', () => {
    const { LLM_FALLBACKS } = read({
      ...OPENAI,
      LLM_FALLBACKS: 'openai:small, openai-compatible:qwen3:8b',
      LLM_BASE_URL_OPENAI_COMPATIBLE: 'http://127.0.0.1:11434/v1',
    })
    expect(LLM_FALLBACKS).toEqual([
      { provider: 'openai', model: 'small' },
      { provider: 'openai-compatible', model: 'qwen3:8b' },
    ])
  })

  test.each<[string, Record<string, string>, string]>([
    ['no model', { LLM_PROVIDER: 'openai', LLM_API_KEY: 'planted' }, 'LLM_MODEL'],
    ['no key', { LLM_PROVIDER: 'anthropic', LLM_MODEL: 'm' }, 'LLM_API_KEY'],
    ['no address', { LLM_PROVIDER: 'openai-compatible', LLM_MODEL: 'm' }, 'LLM_BASE_URL'],
    ['an unknown provider', { LLM_PROVIDER: 'acme', LLM_MODEL: 'm' }, 'LLM_PROVIDER'],
    ['a list of another form', { ...OPENAI, LLM_FALLBACKS: 'small' }, 'LLM_FALLBACKS'],
    ['a list without its key', { ...OPENAI, LLM_FALLBACKS: 'google:m' }, 'LLM_API_KEY_GOOGLE'],
    ['a list without a first model', { LLM_FALLBACKS: 'google:m' }, 'LLM_FALLBACKS'],
    ['an address that is none', { ...OPENAI, LLM_BASE_URL: 'ftp://x' }, 'LLM_BASE_URL'],
    ['a time beyond that of a stage', { ...OPENAI, LLM_TIMEOUT_SECONDS: '900' }, 'LLM_TIMEOUT_SECONDS'],
  ])('with %s are refused by the name of the setting', (_, more, named) => {
    expect(() => read(more)).toThrow(named)
  })

  test('a model for every step makes a general one needless', () => {
    const steps = { LLM_MODEL_DISTILL: 'a', LLM_MODEL_DRAFT: 'b', LLM_MODEL_JUDGE: 'c' }
    expect(() => read({ LLM_PROVIDER: 'openai', LLM_API_KEY: 'planted', ...steps })).not.toThrow()
  })
})

describe('accessTo()', () => {
  test('lends key and address of the first provider to no other', () => {
    const config = read({
      ...OPENAI,
      LLM_BASE_URL: 'https://proxy.example/v1',
      LLM_FALLBACKS: 'anthropic:m',
      LLM_API_KEY_ANTHROPIC: 'other',
    })
    const openai = accessTo(config, 'openai')
    const anthropic = accessTo(config, 'anthropic')
    expect([openai.apiKey?.reveal(), openai.baseUrl]).toEqual(['planted', 'https://proxy.example/v1'])
    expect([anthropic.apiKey?.reveal(), anthropic.baseUrl]).toEqual(['other', null])
  })

  test('keys print as secrets', () => {
    expect(JSON.stringify(read(OPENAI))).not.toContain('planted')
  })
})
