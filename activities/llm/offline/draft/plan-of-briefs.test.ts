import { describe, expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { loadBriefs } from '../../briefs/load-briefs.ts'
import { distillOffline } from '../distill/index.ts'
import { draftOffline } from './draft-offline.ts'
import { ESSAY_NOW } from './examples/essay-assignment.ts'

// The briefs these rules were first written for.
const FIRST =
  /^(?:essay|design-portfolio|research-paper|lab-report|discussion|bibliography|presentation|programming)$/u

const MOST_CHECKED = 25
const MOST_IN_A_TASK = 16

function planOf(
  context: Parameters<typeof distillOffline>[0]['context'],
  documents: Parameters<typeof distillOffline>[0]['documents'],
) {
  const distilled = distillOffline({ context, documents })
  return draftOffline({ context, distilled, now: ESSAY_NOW, rejection_reason: null }).plan
}

const BRIEF = [
  '# Requirements\n',
  '4.1 Log format\nR1 Each record must start with a sum.\nR2 Keys must be short.\n',
  '4.2 Recovery\nR3 A bad record must be refused.\n',
  '# What to hand in\n\nUpload one zip file. Write a README.\n',
  'Late work loses 5 points per day.\n',
].join('\n')

describe('draftOffline() on briefs', () => {
  test.each(loadBriefs('development').filter(({ name }) => FIRST.test(name)))(
    '$name: a checklist one reads, and no task that is a dumping ground',
    ({ context, texts }) => {
      const plan = planOf(context, texts)
      expect(plan.submission_strategy.final_checklist.length).toBeLessThanOrEqual(MOST_CHECKED)
      expect(new Set(plan.submission_strategy.final_checklist).size).toBe(
        plan.submission_strategy.final_checklist.length,
      )
      for (const { description } of plan.milestones.flatMap(({ tasks }) => tasks)) {
        expect(description.split('\n- ').length - 1).toBeLessThanOrEqual(MOST_IN_A_TASK)
      }
    },
  )

  test('makes a task of every section of named demands, one after the other', () => {
    const context = bareContext({ title: 'Program 1' }, 'UTC')
    const plan = planOf(context, [
      bareDocument(`Write a program in C with source code and unit tests.\n\n${BRIEF}`),
    ])
    const tasks = plan.milestones.flatMap((milestone) => milestone.tasks)
    const built = tasks.filter(({ title }) => title.startsWith('Build: '))
    expect(built.map(({ id, depends_on }) => [id, depends_on])).toEqual([
      ['build-log-format', ['build-core']],
      ['build-recovery', ['build-log-format']],
    ])
    expect(built[0]?.description).toContain(
      '- R1: Each record must start with a sum.\n- R2: Keys must be short.',
    )
    expect(tasks.find(({ id }) => id === 'tidy-code')?.depends_on).toEqual(['build-recovery', 'write-tests'])
    const late = tasks.filter(({ description }) => description.includes('5 points per day'))
    expect(late.map(({ id }) => id)).toEqual(['hand-in'])
  })

  const summaryOf = (text: string) =>
    planOf(bareContext({ title: 'Essay' }, 'UTC'), [bareDocument(text)]).assignment_summary

  test('says in one line what sets the look', () => {
    const { hard_constraints } = summaryOf(
      'Write an essay.\n\n- Double-spaced, 12-point serif type, one-inch margins.\n',
    )
    expect(hard_constraints).toContain('Double-spaced; 12-point serif type; one-inch margins.')
  })

  test('tells a demand that binds among the constraints, even where a grading line holds its words', () => {
    const { hard_constraints, grading_signals } = summaryOf(
      "In this project you train and compare models in a Jupyter notebook. It's due Sunday 18 October, and it's worth 25 points.\n",
    )
    expect(hard_constraints.join()).toContain('Train and compare models in a Jupyter notebook')
    expect(grading_signals.join()).toContain('25 points')
  })

  test('counts in a definition of done only what a finished work can be counted by', () => {
    const text =
      'Use at least five sources. Each record must have a 4-byte key and must load within 5 seconds.\n'
    const plan = planOf(bareContext({ title: 'Essay' }, 'UTC'), [bareDocument(text)])
    const done = plan.milestones
      .flatMap(({ tasks }) => tasks.map(({ done_definition }) => done_definition))
      .join('\n')
    expect(done).toContain('at least five sources')
    expect(done).not.toMatch(/byte|seconds/)
  })
})
