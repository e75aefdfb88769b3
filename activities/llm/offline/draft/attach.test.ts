import { expect, test } from 'vitest'

import type { Requirement } from '../../../../contract/requirements.ts'
import { draftEssay, tasksOf } from './examples/draft-essay.ts'
import { essayDistilled } from './examples/essay-assignment.ts'

const TEXT =
  'A crash test kills the program fifty times. Print the seed so that a failure can be repeated. Exit with status 3.'
const [CRASH = '', SEED = '', EXIT = ''] = TEXT.split(/(?<=\.) /)

function requirement(statement: string, kind: Requirement['kind']): Requirement {
  const start = TEXT.indexOf(statement)
  const place = { document_id: '2b1f7d0c-94ce-4f0e-8a55-6a7a1b1f0c09', page: null, match: 'exact' as const }
  return {
    id: statement.slice(0, 5),
    kind,
    modality: 'must',
    statement: statement.replace(/\.$/, ''),
    hard: false,
    quantities: [],
    alternative_group: null,
    criterion_id: null,
    evidence: [{ ...place, quote: statement, start, end: start + statement.length }],
  }
}

const taking = (requirements: readonly Requirement[], statement: string): string | undefined => {
  const { plan } = draftEssay({
    distilled: { requirements: [...essayDistilled.requirements, ...requirements], genre: 'programming' },
  })
  return tasksOf(plan).find(({ description }) => description.includes(statement))?.id
}

test('what goes on about a test stands with the test, and a demand beside it does not', () => {
  const crash = requirement(CRASH, 'method')
  expect(taking([crash, requirement(SEED, 'method')], SEED)).toBe('write-tests')
  expect(taking([crash, requirement(EXIT, 'content')], EXIT)).toBe('build-features')
})
