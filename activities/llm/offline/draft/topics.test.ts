import { expect, test } from 'vitest'

import type { Requirement } from '../../../../contract/requirements.ts'
import { classifyKind } from '../distill/classify-kind.ts'
import { draftEssay, taskOf } from './examples/draft-essay.ts'
import { essayDistilled } from './examples/essay-assignment.ts'

type Given = Pick<Requirement, 'kind' | 'statement'> & Partial<Requirement>

/** The task of the example essay that takes a demand. */
function placeOf(given: Given): string | undefined {
  const own = essayDistilled.requirements
    .slice(0, 1)
    .map((first) => ({ ...first, id: 'own', hard: false, quantities: [], ...given }))
  const { plan } = draftEssay({ distilled: { requirements: [...essayDistilled.requirements, ...own] } })
  const tasks = plan.milestones.flatMap(({ tasks }) => tasks)
  return tasks.find(({ id }) => taskOf(plan, id)?.description.includes(given.statement))?.id
}

const sentence = [{ text: 'one', value: 1, upper: null, unit: 'sentences', bound: 'exact' as const }]
const paragraph = [{ text: 'one', value: 1, upper: null, unit: 'paragraph', bound: 'at_least' as const }]

test.each<[string, Given]>([
  ['draft-body', { kind: 'format', statement: 'Reproduce the table as a numbered figure with a caption' }],
  ['proofread', { kind: 'format', statement: 'Put the word count under your title' }],
  ['set-up-document', { kind: 'format', statement: 'One-inch margins' }],
  ['read-instructions', { kind: 'policy', statement: 'Write to me before the deadline' }],
  ['hand-in', { kind: 'submission', statement: 'No links to shared documents' }],
  [
    'draft-body',
    {
      kind: 'process',
      statement: 'Spend at least one paragraph on questions 1 to 3 before you draw a conclusion from it',
      quantities: paragraph,
    },
  ],
  [
    'find-material',
    { kind: 'process', statement: 'Source list, six entries with one sentence each', quantities: sentence },
  ],
  ['draft-frame', { kind: 'content', statement: 'Write a conclusion that says what stays open' }],
  ['draft-body', { kind: 'submission', statement: 'A table of at least five cities' }],
])('the task %s takes %j', (task, given) => {
  expect(placeOf(given)).toBe(task)
})

test('a ban on links to shared documents is about handing in, not about sources', () => {
  expect(classifyKind('no links to shared documents', [])).toBe('submission')
  expect(classifyKind('Cite at least two primary documents', [])).toBe('source')
})
