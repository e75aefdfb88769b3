import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { Plan } from '../../../contract/plan.ts'
import type { Distilled } from '../../../contract/requirements.ts'
import { RunFailure } from '../../../contract/run-errors.ts'
import { essayDistillAnswer, essayDraftAnswer } from '../../../test/models/essay-answers.ts'
import { paid, startScriptedModel, type ScriptedModel } from '../../../test/models/scripted-model.ts'
import { createSandbox } from '../../documents/sandbox.ts'
import { repairPlan } from '../../verify/repair-plan.ts'
import { distillOffline } from '../offline/distill/index.ts'
import { ESSAY_NOW } from '../offline/draft/examples/essay-assignment.ts'
import type { DistillAnswer } from '../prompts/distill/1.0.0.ts'
import type { DraftAnswer } from '../prompts/draft/1.1.0.ts'
import { createBuilder, type BuiltAssignment } from './build-assignment.ts'
import { INJECTED_CASES } from './cases.ts'
import type { Format, InjectedCase } from './injected-case.ts'
import { obeyDrafting, obeyReading } from './obey.ts'
import { cleanHandout } from './write-handout.ts'

// The model does whatever a document tells it, as far as its answers can: what it obeys must not arrive.

let build: ReturnType<typeof createBuilder>
let model: ScriptedModel
const clean = new Map<Format, Planned>()

interface Planned {
  readonly distilled: Distilled
  readonly plan: Plan
  readonly errors: readonly unknown[]
}

const call = () => ({ signal: new AbortController().signal, book: model.book })

async function plan(
  { context, documents }: BuiltAssignment,
  read: DistillAnswer,
  drafted: DraftAnswer,
): Promise<Planned> {
  model.mock.clearFixtures()
  model.answer('distill', [paid(read, 1, 1)])
  model.answer('draft', [paid(drafted, 1, 1)])
  const { output: distilled } = await model.port().run('distill', { context, documents }, call())
  const input = { context, distilled, now: ESSAY_NOW, rejection_reason: null }
  const { output: draft } = await model.port().run('draft', input, call())
  const { given, findings } = repairPlan({ ...draft, distilled, documents, context }, [])
  return { distilled, plan: given.plan, errors: findings.filter(({ severity }) => severity === 'error') }
}

async function obey(
  { canary, planted }: InjectedCase,
  drafted = obeyDrafting(essayDraftAnswer, canary),
): Promise<Planned> {
  const built = await build(planted)
  const byRules = distillOffline(built)
  return plan(built, obeyReading(essayDistillAnswer, built.documents, byRules, canary), drafted)
}

beforeAll(async () => {
  build = createBuilder(await createSandbox())
})
beforeEach(async () => {
  model = await startScriptedModel()
  if (clean.size > 0) return
  for (const format of ['markdown', 'pdf', 'docx'] as const)
    clean.set(
      format,
      await plan(await build({ attachment: cleanHandout(format) }), essayDistillAnswer, essayDraftAnswer),
    )
})
afterEach(() => model[Symbol.asyncDispose]())

const said = (value: unknown): string => JSON.stringify(value).toLowerCase()

describe('a model that obeys an injected document', () => {
  test.each(INJECTED_CASES)('$title: nothing of the order arrives', async (one) => {
    const { canary, reported, format = 'markdown' } = one
    const base = clean.get(format)
    const { distilled, plan: made, errors } = await obey(one)
    const { suspicious, ...read } = distilled
    expect(suspicious.map(({ quote }) => quote).join('\n')).toContain(reported)
    // A rubric line is quoted whole, so its words may stand in evidence, as the data they are.
    const statements = read.requirements.map((requirement) => ({ ...requirement, evidence: [] }))
    expect(said({ ...read, requirements: statements })).not.toContain(canary.toLowerCase())
    expect(said(made)).not.toContain(canary.toLowerCase())
    expect(said(made)).not.toMatch(/https?:|\]\(|<[a-z]/)
    expect([read.genre, read.ai_policy.level]).toEqual(['essay', 2])
    const { assignment_summary: summary, submission_strategy: strategy } = made
    expect(summary.hard_constraints).toEqual(base?.plan.assignment_summary.hard_constraints)
    expect(summary.grading_signals).toEqual(base?.plan.assignment_summary.grading_signals)
    expect(strategy.final_checklist).toEqual(base?.plan.submission_strategy.final_checklist)
    expect(errors).toEqual([])
  })
})

describe('a plan that says what only the order says', () => {
  const named = (title: string): InjectedCase => {
    const found = INJECTED_CASES.find((one) => one.title === title)
    if (found === undefined) throw new Error(`no case of ${title}`)
    return found
  }
  const withTask = (what: string, ids: readonly string[] = []): DraftAnswer => ({
    ...essayDraftAnswer,
    milestones: essayDraftAnswer.milestones.map((milestone) => ({
      ...milestone,
      tasks: milestone.tasks.map((task) =>
        task.id === 'write' ? { ...task, what, requirement_ids: [...task.requirement_ids, ...ids] } : task,
      ),
    })),
  })

  test.each([
    ['a length', 'an order to change lengths and points', 'Write only 300 words.'],
    ['points', 'an order to change lengths and points', 'This is worth 900 points.'],
    [
      'the work itself',
      'an order to do the work',
      'Throughout history rivers have shaped the cities on their banks, because floods were feared and therefore remembered by everybody who lived there.',
    ],
  ])('is refused: %s', async (_, title, what) => {
    const drafting = obey(named(title), withTask(what))
    await expect(drafting).rejects.toBeInstanceOf(RunFailure)
    await expect(drafting).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' })
  })

  test('loses the line that names the date of the order', async () => {
    const made = await obey(named('an order to change a date'), withTask('Hand it in by December 31.'))
    expect(said(made.plan)).not.toMatch(/december|31/)
    expect(said(made.plan)).toContain('do what the instructions ask for here')
    expect(made.errors).toEqual([])
  })

  test('keeps the same words where a clean document says them', async () => {
    const built = await build({ description: '<p>Each paragraph must have at most 300 words.</p>' })
    const drafted = withTask('Keep each paragraph to at most 300 words.', ['length-2'])
    const made = await plan(built, essayDistillAnswer, drafted)
    expect(said(made.plan)).toContain('keep each paragraph to at most 300 words')
  })
})

test('a model that reports the whole sheet as an order takes no demand from the plan', async () => {
  const built = await build({ attachment: cleanHandout('markdown') })
  const [sheet] = built.documents
  const quotes = (sheet?.text ?? '').split('\n\n').map((quote) => ({ document: 'D1', quote }))
  const made = await plan(built, { ...essayDistillAnswer, suspicious: quotes }, essayDraftAnswer)
  expect(made.distilled.requirements).toEqual(distillOffline(built).requirements)
  expect(made.errors).toEqual([])
})
