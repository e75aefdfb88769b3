import { describe, expect, test } from 'vitest'

import { verifyPlan } from '../../verify/verify-plan.ts'
import { loadBriefs } from '../briefs/load-briefs.ts'
import { ESSAY_NOW, essayContext, essayDocuments } from './draft/examples/essay-assignment.ts'
import { createOfflineProvider } from './provider.ts'

// The briefs these rules were first written for.
const FIRST =
  /^(?:essay|design-portfolio|research-paper|lab-report|discussion|bibliography|presentation|programming)$/u

const provider = createOfflineProvider()
const call = { signal: new AbortController().signal }

describe('createOfflineProvider()', () => {
  test('takes an assignment from its documents to a plan that passes its check', async () => {
    const distilled = await provider.run(
      'distill',
      { context: essayContext, documents: essayDocuments },
      call,
    )
    const drafted = await provider.run(
      'draft',
      { context: essayContext, distilled: distilled.output, now: ESSAY_NOW, rejection_reason: null },
      call,
    )
    const { findings } = verifyPlan({
      ...drafted.output,
      distilled: distilled.output,
      documents: essayDocuments,
      context: essayContext,
    })
    expect(distilled.output.requirements.length).toBeGreaterThan(5)
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test.each(loadBriefs('development').filter(({ name }) => FIRST.test(name)))(
    'plans the brief $name without a finding, and no constraint contradicts its quote',
    async ({ context, texts: documents }) => {
      const { due_at } = context.assignment
      const now = due_at === null ? ESSAY_NOW : new Date(Date.parse(due_at) - 18 * 86_400_000).toISOString()
      const { output: distilled } = await provider.run('distill', { context, documents }, call)
      const { output: drafted } = await provider.run(
        'draft',
        { context, distilled, now, rejection_reason: null },
        call,
      )
      const { findings, evidence } = verifyPlan({ ...drafted, distilled, documents, context })
      expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([])

      const claims = drafted.plan.assignment_summary.hard_constraints.flatMap((claim, index) => {
        const id = `/assignment_summary/hard_constraints/${index}`
        const quotes = evidence.filter(({ pointer }) => pointer === id).map(({ quote }) => quote)
        return quotes.length === 0 ? [] : [{ id, claim, quote: quotes.join('\n') }]
      })
      const { output: judged } = await provider.run('judge', { claims }, call)
      expect(claims.length).toBeGreaterThan(5)
      expect(judged.verdicts.filter(({ verdict }) => verdict === 'contradicted')).toEqual([])
    },
  )

  test('says which rules answered and that they cost nothing', async () => {
    const reply = await provider.run(
      'judge',
      { claims: [{ id: 'a', claim: 'Use MLA', quote: 'Cite in MLA style' }] },
      call,
    )
    expect(reply).toEqual({
      output: {
        verdicts: [
          {
            id: 'a',
            verdict: 'entailed',
            reason: 'Every number, date and content word stands in the quote.',
          },
        ],
      },
      model: 'rules-1',
      prompt_version: 'rules-judge-1',
      usage: { input_tokens: 0, output_tokens: 0 },
    })
  })

  test('stops with the reason of the signal when it is aborted', async () => {
    const controller = new AbortController()
    controller.abort(new Error('stage canceled'))
    await expect(provider.run('judge', { claims: [] }, { signal: controller.signal })).rejects.toThrow(
      'stage canceled',
    )
  })
})
