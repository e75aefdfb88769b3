import { expect, test } from 'vitest'

import { briefInputs } from '../examples/role-inputs.ts'
import { createWordsJudge } from './guard-artefact.ts'
import { knownWords } from './known-words.ts'
import { sayEarlier } from '../say-earlier.ts'

test('what earlier tasks have left may be said as it is, also where its words could be taken for a grade', () => {
  const [[input] = []] = [...briefInputs().values()]
  if (input === undefined) throw new Error('no brief')
  const summary = 'Reading sheet in 5 parts for: Instructions with your marks'
  const earlier = [{ task: 'Read the instructions', files: [{ path: 'core/006-read.md', summary }] }]
  const [line = ''] = sayEarlier(earlier)
  expect(createWordsJudge(knownWords({ ...input, earlier }))(line)).toBeNull()
  expect(createWordsJudge(knownWords({ ...input, earlier: [] }))(line)).not.toBeNull()
})

test('a rule of the sources may be said with its source behind it, whatever it counts', () => {
  const rule = 'Milestones M1 and M2 (5 points each, no make-up): 10 points'
  const judge = createWordsJudge([`Tests: 30 points\n${rule}\nTotal: 150`])
  expect(judge(`${rule}. (Project 3.pdf, p. 4)`)).toBeNull()
  expect(createWordsJudge(['Another source'])(`${rule}. (Project 3.pdf, p. 4)`)).toMatchObject({
    of: 'grade',
  })
})
