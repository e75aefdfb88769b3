import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { verifyPlan } from '../../verify/verify-plan.ts'
import { MADE_BY_RULES } from '../offline/draft/write-strategy.ts'
import { ESSAY_NOW, essayContext, essayDocuments } from '../offline/draft/examples/essay-assignment.ts'
import type { LlmPort } from '../port.ts'
import { essayDistillAnswer, essayDraftAnswer } from '../../../test/models/essay-answers.ts'
import {
  paid,
  PROTOCOLS,
  startScriptedModel,
  type ScriptedModel,
} from '../../../test/models/scripted-model.ts'

const context = essayContext
const documents = essayDocuments

let model: ScriptedModel
beforeEach(async () => {
  model = await startScriptedModel()
  model.answer('distill', [paid(essayDistillAnswer, 2_400, 900)])
  model.answer('draft', [paid(essayDraftAnswer, 3_100, 1_200)])
})
afterEach(() => model[Symbol.asyncDispose]())

/** The three steps one after the other, as the stages of a run ask them. */
async function takeThrough(port: LlmPort) {
  const call = { signal: new AbortController().signal, book: model.book }
  const distilled = await port.run('distill', { context, documents }, call)
  const input = { context, distilled: distilled.output, now: ESSAY_NOW, rejection_reason: null }
  const drafted = await port.run('draft', input, call)
  const check = verifyPlan({ ...drafted.output, distilled: distilled.output, documents, context })
  const claims = drafted.output.plan.assignment_summary.hard_constraints.flatMap((claim, index) => {
    const id = `/assignment_summary/hard_constraints/${index}`
    const quote = check.evidence.filter(({ pointer }) => pointer === id).map((item) => item.quote)
    return quote.length === 0 ? [] : [{ id, claim, quote: quote.join('\n') }]
  })
  const verdicts = claims.map((_, index) => ({
    claim: `C${index + 1}`,
    reason: 'The quote says it.',
    verdict: 'entailed',
  }))
  model.answer('judge', [paid({ verdicts }, 1_500, 300)])
  const judged = await port.run('judge', { claims }, call)
  return { distilled, drafted, judged, claims, ...check }
}

describe.each(PROTOCOLS)('$provider at $asked', ({ provider, asked }) => {
  test('takes an assignment from its documents to a plan that passes its check, each call booked', async () => {
    const { drafted, judged, claims, findings } = await takeThrough(model.port([model.choice(provider)]))
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(claims.length).toBeGreaterThan(8)
    expect(judged.output.verdicts.map(({ verdict }) => verdict)).toEqual(claims.map(() => 'entailed'))
    expect(drafted).toMatchObject({ provider, model: 'scripted', prompt_version: 'draft@1.1.0' })
    expect(model.mock.getRequests().map(({ path }) => path.split('?')[0])).toEqual([asked, asked, asked])
    const costs = model.spent.map((call) => [
      call.prompt_version,
      call.provider,
      call.model,
      call.outcome,
      call.input_tokens,
      call.output_tokens,
    ])
    expect(costs).toEqual([
      ['distill@1.0.0', provider, 'scripted', 'ok', 2_400, 900],
      ['draft@1.1.0', provider, 'scripted', 'ok', 3_100, 1_200],
      ['judge@1.0.0', provider, 'scripted', 'ok', 1_500, 300],
    ])
  })
})

describe('the plan of a model', () => {
  test('says that a model drafted it and never that rules did', async () => {
    const { drafted } = await takeThrough(model.port())
    expect(drafted.output.plan.submission_strategy.quality_bar).toContain('language model')
    expect(JSON.stringify(drafted.output.plan)).not.toContain(MADE_BY_RULES)
  })

  test('hangs each requirement where the model put it, with the words and counts of the source', async () => {
    const { drafted } = await takeThrough(model.port())
    const tasks = drafted.output.plan.milestones.flatMap((milestone) => milestone.tasks)
    const search = tasks.find(({ id }) => id === 'search')
    expect(search?.description).toContain('Use at least five sources.')
    expect(search?.done_definition).toContain('five sources')
    expect(search?.done_definition).toContain('“Use of sources” (30 points)')
    expect(tasks.find(({ id }) => id === 'choose-option')?.description).toContain('Basel and Rotterdam')
  })

  test('one that says a number no source says is drafted again', async () => {
    const [start, ...others] = essayDraftAnswer.milestones
    const invented = {
      ...essayDraftAnswer,
      milestones: [
        { ...start, tasks: start?.tasks.map((task) => ({ ...task, done: 'You have read 12 articles.' })) },
        ...others,
      ],
    }
    model.mock.clearFixtures()
    model.answer('distill', [paid(essayDistillAnswer, 1, 1)])
    model.answer('draft', [paid(invented, 1, 1), paid(essayDraftAnswer, 1, 1)])
    const { findings } = await takeThrough(model.port())
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(model.spent.map(({ failure }) => failure)).toEqual([null, 'misshapen', null, null])
    const requests = model.mock.getRequests().map(({ body }) => JSON.stringify(body))
    expect(requests[2]).toContain('“12 article” stands in no quote')
  })
})

test('nothing to judge asks no model', async () => {
  const { signal } = new AbortController()
  const reply = await model.port().run('judge', { claims: [] }, { signal, book: model.book })
  expect(reply.output).toEqual({ verdicts: [] })
  expect(model.spent).toEqual([])
})
