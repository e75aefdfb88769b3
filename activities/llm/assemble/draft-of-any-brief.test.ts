import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { verifyPlan } from '../../verify/verify-plan.ts'
import { loadBriefs } from '../briefs/load-briefs.ts'
import { distillOffline } from '../offline/distill/index.ts'
import { ESSAY_NOW } from '../offline/draft/examples/essay-assignment.ts'
import type { DraftAnswer } from '../prompts/draft/1.1.0.ts'
import { assembleDraft } from './assemble-draft.ts'

// Whatever way of working a model drafts, the plan made of it passes the check of the next stage or is asked for again.

type Task = DraftAnswer['milestones'][number]['tasks'][number]

// The briefs these rules were first written for.
const FIRST =
  /^(?:essay|design-portfolio|research-paper|lab-report|discussion|bibliography|presentation|programming)$/u

/** Ways of working with tasks in order, on which requirements and criteria are strewn at random, some twice, some nowhere. */
function waysOfWorking(
  requirements: readonly string[],
  criteria: readonly string[],
): fc.Arbitrary<DraftAnswer> {
  const sentence = fc.constantFrom(
    'Work through your notes with the sheet beside you.',
    'Compare what you have with what is asked.',
    'Ask a classmate to read it.',
  )
  const task = fc.record({
    requirement_ids: fc.subarray(['unknown', ...requirements]),
    criterion_ids: fc.subarray(['unknown', ...criteria]),
    title: fc.constantFrom(
      'Find sources',
      'Build the tests',
      'Draft the text',
      'Prepare the slides',
      'Revise',
    ),
    what: sentence,
    deliverable: fc.constantFrom('Your notes', 'A rough version.', 'A list of questions'),
    done: sentence,
    minutes: fc.double({ min: -10, max: 10_000, noNaN: true }),
    waits: fc.nat(5),
  })
  const milestones = fc.array(fc.array(task, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
  return milestones.map((parts) => {
    let count = 0
    return {
      milestones: parts.map((tasks, index) => ({
        id: `part-${index}`,
        title: 'A part of the work',
        purpose: 'It comes here because the next part needs it.',
        tasks: tasks.map(({ waits, ...own }): Task => {
          const place = count++
          const depends_on = place === 0 ? [] : [`task-${Math.max(0, place - 1 - waits)}`]
          return { ...own, id: `task-${place}`, depends_on }
        }),
      })),
      risks: [],
      failure_modes: ['Starting too late.'],
      success: 'The work does what the sheet asks.',
    }
  })
}

describe('assembleDraft()', () => {
  test.each(loadBriefs('development').filter(({ name }) => FIRST.test(name)))(
    'plans the brief $name without an error, however a model spreads the work',
    (brief) => {
      const { context, texts: documents } = brief
      const { due_at } = context.assignment
      const now = due_at === null ? ESSAY_NOW : new Date(Date.parse(due_at) - 18 * 86_400_000).toISOString()
      const distilled = distillOffline({ context, documents })
      const criteria = context.rubric?.criteria.map(({ id }) => id) ?? []
      const requirements = distilled.requirements.map(({ id }) => id)
      const input = { context, distilled, now, rejection_reason: null }
      fc.assert(
        fc.property(waysOfWorking(requirements, criteria), (answer) => {
          const assembled = assembleDraft(answer, input)
          const issues = assembled.ok ? [] : assembled.issues
          expect(issues).toEqual([])
          const { findings } = assembled.ok
            ? verifyPlan({ ...assembled.output, distilled, documents, context })
            : { findings: [] }
          expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
        }),
        { numRuns: 12 },
      )
    },
  )
})
