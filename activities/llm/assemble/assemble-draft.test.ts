import { describe, expect, test } from 'vitest'

import type { ModelSteps } from '../port.ts'
import { ESSAY_NOW, essayContext, essayDocuments } from '../offline/draft/examples/essay-assignment.ts'
import { distillOffline } from '../offline/distill/index.ts'
import { essayDraftAnswer } from '../../../test/models/essay-answers.ts'
import type { DraftAnswer } from '../prompts/draft/1.1.0.ts'
import { verifyPlan } from '../../verify/verify-plan.ts'
import { assembleDraft } from './assemble-draft.ts'

const distilled = distillOffline({ context: essayContext, documents: essayDocuments })
const input: ModelSteps['draft']['input'] = {
  context: essayContext,
  distilled,
  now: ESSAY_NOW,
  rejection_reason: null,
}

type Task = DraftAnswer['milestones'][number]['tasks'][number]

/** The example answer with one task written otherwise. */
function rewrite(id: string, change: Partial<Task>): DraftAnswer {
  const milestones = essayDraftAnswer.milestones.map((milestone) => ({
    ...milestone,
    tasks: milestone.tasks.map((task) => (task.id === id ? { ...task, ...change } : task)),
  }))
  return { ...essayDraftAnswer, milestones }
}

function planOf(answer: DraftAnswer, given = input) {
  const assembled = assembleDraft(answer, given)
  if (!assembled.ok) throw new Error(assembled.issues.join('\n'))
  return assembled.output
}

function issuesOf(answer: DraftAnswer): string {
  const assembled = assembleDraft(answer, input)
  return assembled.ok ? '' : assembled.issues.join('\n')
}

const tasksOf = ({ plan }: ReturnType<typeof planOf>) => plan.milestones.flatMap(({ tasks }) => tasks)

describe('assembleDraft()', () => {
  test('finds a place for requirements and criteria the model forgot', () => {
    const milestones = essayDraftAnswer.milestones.map((milestone) => ({
      ...milestone,
      tasks: milestone.tasks.map((task) => ({ ...task, requirement_ids: [], criterion_ids: [] })),
    }))
    const output = planOf({ ...essayDraftAnswer, milestones })
    const { findings } = verifyPlan({
      ...output,
      distilled,
      documents: essayDocuments,
      context: essayContext,
    })
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(tasksOf(output).map(({ id }) => id)).toContain('choose-option')
  })

  test('passes over ids that were never distilled', () => {
    const output = planOf(
      rewrite('search', { requirement_ids: ['source-1', 'injected-1'], criterion_ids: ['_99'] }),
    )
    expect(JSON.stringify(output.links)).not.toContain('injected-1')
  })

  test('makes ids that are no slugs into slugs, and dependencies with them', () => {
    const output = planOf({
      ...rewrite('read', { id: 'Read Me!' }),
      milestones: rewrite('read', { id: 'Read Me!' }).milestones.map((milestone) => ({
        ...milestone,
        tasks: milestone.tasks.map((task) => ({
          ...task,
          depends_on: task.depends_on.map((id) => (id === 'read' ? 'Read Me!' : id)),
        })),
      })),
    })
    const [first, second] = tasksOf(output)
    expect([first?.id, second?.depends_on]).toEqual(['read-me', ['read-me']])
  })

  test('keeps efforts within what a task may take', () => {
    const efforts = tasksOf(planOf(rewrite('write', { minutes: 100_000 }))).map(
      (task) => task.estimated_effort,
    )
    expect(efforts).toContain('8h')
  })

  test.each<[string, Partial<Task>, string]>([
    ['a circle', { depends_on: ['hand-in'] }, 'circular'],
    ['an unknown dependency', { depends_on: ['nowhere'] }, 'nowhere'],
    ['an id used twice', { id: 'write' }, 'write'],
    ['an id of nothing', { id: '!!' }, 'letter'],
    ['an empty title', { title: '' }, 'title'],
    ['a number of its own', { what: 'Read 14 articles.' }, '14'],
    ['a file type of its own', { done: 'The DOCX is saved.' }, 'docx'],
    ['a date of its own', { done: 'It is done by December 24.' }, 'December 24'],
    ['a made-up quotation', { what: 'Follow “be bold and always take a side”.' }, 'be bold'],
    [
      'prose of the work',
      {
        what: 'Rotterdam is far better prepared than Basel because decades of storms have shaped how engineers there think about water.',
      },
      'reads like the work',
    ],
  ])('says what is wrong with %s', (_, change, named) => {
    expect(issuesOf(rewrite('search', change)).toLowerCase()).toContain(named.toLowerCase())
  })

  test('says that there is no plan in an answer without milestones or tasks', () => {
    expect(issuesOf({ ...essayDraftAnswer, milestones: [] })).toContain('there is none')
    const [first] = essayDraftAnswer.milestones
    const empty = first === undefined ? [] : [{ ...first, tasks: [] }]
    expect(issuesOf({ ...essayDraftAnswer, milestones: empty })).toContain('has no task')
  })
})
