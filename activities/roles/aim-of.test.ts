import { expect, test } from 'vitest'

import { draftEssay } from '../llm/offline/draft/examples/draft-essay.ts'
import { aimOf } from './aim-of.ts'

const { plan } = draftEssay()
const [first, second] = plan.milestones
const last = plan.milestones.at(-1)

test.each([
  ['of the plan', second?.tasks[0]?.id ?? '', 'work', second],
  ['that comes before the plan', 'read-the-sources', 'read_sources', first],
  ['that comes after it', 'check-1', 'final_check', last],
] as const)('a task %s is to be done when its milestone is', (_, slug, task_type, milestone) => {
  expect(aimOf(plan, { slug, task_type })).toBe(milestone?.due_strategy)
})

test('a plan that names no day gives none', () => {
  const milestones = plan.milestones.map((milestone) => ({ ...milestone, due_strategy: ' ' }))
  expect(aimOf({ milestones }, { slug: 'read-the-sources', task_type: 'read_sources' })).toBeNull()
})
