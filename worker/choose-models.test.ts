import { expect, test } from 'vitest'

import { readWorkerConfig } from '../config/env.ts'
import { paid, startScriptedModel } from '../test/models/scripted-model.ts'
import { chooseModels } from './choose-models.ts'

const BASE = { DATABASE_URL: 'postgresql://u:p@127.0.0.1/x', CREDENTIAL_KEYS: `k:${'A'.repeat(43)}=` }
const CLAIMS = [{ id: 'a', claim: 'Cite in MLA', quote: 'Cite in MLA style' }]

test('without settings the rules answer', () => {
  expect(chooseModels(readWorkerConfig(BASE), null).provider).toBe('offline')
})

test('the judge is asked by its own model, then the list, with key and address of the settings', async () => {
  await using model = await startScriptedModel()
  let asked = 0
  model.answer('judge', [
    () => {
      asked += 1
      return { error: { message: 'busy', type: 'x', code: 'x' }, status: 503 }
    },
    paid({ verdicts: [{ claim: 'C1', reason: 'Yes.', verdict: 'entailed' }] }, 1, 1),
  ])
  const llm = chooseModels(
    readWorkerConfig({
      ...BASE,
      LLM_PROVIDER: 'openai-compatible',
      LLM_MODEL: 'general',
      LLM_MODEL_JUDGE: 'judge',
      LLM_FALLBACKS: 'openai-compatible:spare',
      LLM_API_KEY: 'planted',
      LLM_BASE_URL: `${model.mock.url}/v1`,
    }),
    null,
  )
  const reply = await llm.run('judge', { claims: CLAIMS }, { signal: new AbortController().signal })
  expect(asked).toBe(1)
  expect([llm.provider, reply.model]).toEqual(['openai-compatible', 'spare'])
  const requests = model.mock.getRequests()
  expect(requests.map(({ body }) => body?.['model'])).toEqual(['judge', 'spare'])
})
