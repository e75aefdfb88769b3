import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'

import { Plan } from '../../contract/plan.ts'
import { Distilled } from '../../contract/requirements.ts'
import { ESSAY_NOW, essayContext, essayDocuments } from '../llm/offline/draft/examples/essay-assignment.ts'
import { createOfflineProvider } from '../llm/offline/provider.ts'
import { wordsOf } from './repair/mend-string.ts'
import { repairPlan } from './repair-plan.ts'
import { gatherSources } from './sources.ts'
import { addMissing } from './repair/add-missing.ts'

const provider = createOfflineProvider()
const call = { signal: new AbortController().signal }
const [first] = essayDocuments

// Every text is long enough to be cut, and one character more or less moves each cut into a pair or out of it.
const TEXTS: Readonly<Record<string, (shift: string) => string>> = {
  'one word of emoji': (shift) => `You must submit ${shift}${'😀'.repeat(3_000)} by Friday.`,
  'an aim of mathematical letters': (shift) =>
    `The aim of this essay is to ${shift}${'explain 𝒳 '.repeat(1_500)}.\n\n- Write ${shift}${'😀𝒳'.repeat(900)}`,
  'a task without a space': (shift) => `Write ${shift}${'𝒳'.repeat(3_000)}`,
  'a demand of short words': (shift) =>
    `Your report must include ${shift}${'😀𝒳 '.repeat(240)}tables about ${'𝒳 and 😀 '.repeat(100)}.`,
  'nothing but a title': () => 'Do it.',
}

const cases = Object.entries(TEXTS).flatMap(([name, write]) =>
  ['', 'a'].map((shift) => [name, shift, write(shift)] as const),
)

async function planned(title: string, text: string) {
  if (first === undefined) throw new Error('the example has no document')
  const sha256 = createHash('sha256').update(text).digest('hex')
  const documents = [{ ...first, text, pages: [], sha256 }]
  const criteria = [{ id: 'c1', description: title, long_description: null, points: 1, ratings: [] }]
  const rubric = { title, points_possible: 1, hide_points: false, used_for_grading: true, criteria }
  const context = { ...essayContext, assignment: { ...essayContext.assignment, title }, rubric }
  const { output: distilled } = await provider.run('distill', { context, documents }, call)
  const ask = { context, distilled, now: ESSAY_NOW, rejection_reason: null }
  const { output: drafted } = await provider.run('draft', ask, call)
  return { ...drafted, distilled, documents, context }
}

describe('long runs of characters outside the first plane', () => {
  test.each(cases)('%s, moved by “%s”, is cut only between characters', async (_name, shift, text) => {
    const given = await planned(`${shift}${'😀𝒳'.repeat(1_500)}`, text)
    expect(Distilled.safeParse(given.distilled).error).toBeUndefined()
    const claims = { hard_constraints: ['Write exactly 4217 words.'], grading_signals: [] }
    const claim = { ...given.plan.assignment_summary, ...claims }
    const faulty = { ...given, plan: { ...given.plan, assignment_summary: claim }, links: [] }
    const repaired = repairPlan(faulty, [])
    expect(Plan.safeParse(repaired.given.plan).error).toBeUndefined()
    const made = [
      given.distilled,
      given.plan,
      repaired,
      addMissing(gatherSources(faulty), true).additions,
      given.distilled.requirements.map(wordsOf),
    ]
    // JSON writes half a pair as an escape, and a whole one as it is.
    expect(JSON.stringify(made)).not.toMatch(/\\ud[89a-f]/)
  })
})
