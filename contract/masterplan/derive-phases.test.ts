import { expect, test } from 'vitest'

import { draftPolish } from './derive-phases.ts'
import type { Plan, PlanTask } from '../plan.ts'

const task = (id: string, title: string, depends_on: string[]): PlanTask => ({
  id,
  title,
  depends_on,
  description: 'As said.',
  deliverable: '',
  done_definition: 'It is done.',
  estimated_effort: '1h',
})

const planOf = (tasks: PlanTask[]): Plan => ({
  assignment_summary: {
    title: 'Essay',
    objective: 'Argue a case',
    success_definition: 'The case holds.',
    hard_constraints: [],
    grading_signals: [],
  },
  milestones: [
    {
      id: 'all',
      title: 'All',
      purpose: 'Do it',
      acceptance_criteria: [],
      due_strategy: 'Soon',
      order: 1,
      tasks,
    },
  ],
  risks: [],
  submission_strategy: { final_checklist: ['It is named'], quality_bar: 'Good.', common_failure_modes: [] },
})

test('final checks are made before the work is handed in, and a review of others’ work follows that', () => {
  const plan = planOf([
    task('sources', 'Hand in the list of sources', []),
    task('draft', 'Write the draft', ['sources']),
    task('figures', 'Draw the figures', ['sources']),
    task('hand-in', 'Hand in and look at what arrived', ['draft', 'figures']),
    task('review', 'Review two others', ['hand-in']),
  ])
  const same = (wish: string): string => wish
  const { milestones } = draftPolish(plan, 'read', { task: same, milestone: same })
  const checks = milestones.flatMap(({ tasks }) => tasks)
  expect(checks.map(({ depends_on }) => depends_on)).toEqual([['draft', 'figures']])
})
