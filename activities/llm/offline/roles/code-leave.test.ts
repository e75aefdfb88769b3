import { describe, expect, test } from 'vitest'

import type { AiPolicy, Evidence, Requirement } from '../../../../contract/requirements.ts'
import { openLanguages, readCodeLeave } from './code-leave.ts'

const evidenceOf = (quote: string): Evidence => ({
  document_id: '7f6d3b1e-52d4-4c39-9a51-2f1c8a4d9e01',
  quote,
  start: null,
  end: null,
  page: null,
  match: 'exact',
})

function requirementOf(statement: string, more: Partial<Requirement> = {}): Requirement {
  return {
    id: `r-${statement.length}`,
    kind: 'policy',
    modality: 'must',
    statement,
    hard: true,
    quantities: [],
    alternative_group: null,
    criterion_id: null,
    evidence: [evidenceOf(statement)],
    ...more,
  }
}

const banOf = (quote: string): Requirement => requirementOf(quote, { modality: 'must_not' })
const policyOf = (level: AiPolicy['level'], quote = 'AI tools: see the rules'): AiPolicy => ({
  level,
  evidence: level === null ? [] : [evidenceOf(quote)],
})
const leaveOf = (ai_policy: AiPolicy, requirements: readonly Requirement[] = []) =>
  readCodeLeave({ ai_policy, requirements, isSettled: false })

describe('what keeps stubs out of a sheet', () => {
  test.each([1, 2, 3, 4])(
    'a policy of level %i keeps code and tests for the student, with its words',
    (level) => {
      const { code, tests } = leaveOf(policyOf(level, 'ChatGPT may explain error messages.'))
      expect(code?.quote).toBe('ChatGPT may explain error messages.')
      expect(tests).toEqual(code)
    },
  )

  test.each([null, 5])('a policy of level %s keeps nothing back by itself', (level) => {
    expect(leaveOf(policyOf(level))).toEqual({ code: null, tests: null, languages: [] })
  })

  test('of several rules the words that name the thing are told', () => {
    const tests = banOf('No AI tool may write your unit tests.')
    const code = banOf('Do not let ChatGPT write code.')
    expect(leaveOf(policyOf(3), [tests, code])).toMatchObject({
      code: { quote: code.statement },
      tests: { quote: tests.statement },
    })
  })

  test('where AI is free, a ban on tests keeps tests alone, and a ban on code keeps both', () => {
    const tests = leaveOf(policyOf(5), [banOf('No AI tool may write your unit tests.')])
    expect([tests.code, tests.tests?.quote]).toEqual([null, 'No AI tool may write your unit tests.'])
    const code = leaveOf(policyOf(5), [banOf('Do not let ChatGPT write code.')])
    expect([code.code?.quote, code.tests?.quote]).toEqual(Array(2).fill('Do not let ChatGPT write code.'))
  })

  test('a ban that speaks of no AI tool keeps nothing back', () => {
    expect(leaveOf(policyOf(5), [banOf('Do not share your code with anybody.')]).code).toBeNull()
  })
})

describe('a language that is still to be chosen', () => {
  test.each([
    ['Use Go or Rust, whichever you like', ['Go', 'Rust']],
    ['Server side in Node, Python or PHP', ['Node', 'Python', 'PHP']],
    ['Write it in C17 or in Rust 1.75 or newer', ['C17', 'Rust 1.75']],
    ['Write it in C or C++', ['C', 'C++']],
    ['Write it in Rust 1.75 or newer', []],
    ['You need a grade of C or better', []],
    ['Go to the lab or Python club', []],
  ])('is read from “%s”', (statement, languages) => {
    expect(openLanguages([requirementOf(statement, { kind: 'tool' })])).toEqual(languages)
  })

  test('is read from options of a choice, and not from options of something else', () => {
    const option = (statement: string) =>
      requirementOf(statement, { kind: 'content', alternative_group: 'choice-1' })
    expect(openLanguages([option('Write in C17'), option('Write Rust 1.75 or newer')])).toEqual([
      'Write in C17.',
      'Write Rust 1.75 or newer.',
    ])
    expect(openLanguages([option('Implement a histogram'), option('Implement a list')])).toEqual([])
  })

  test('is settled by the file somebody asks for', () => {
    const requirements = [requirementOf('Use Go or Rust, whichever you like', { kind: 'tool' })]
    const rules = { ai_policy: policyOf(null), requirements }
    expect(readCodeLeave({ ...rules, isSettled: false }).languages).toEqual(['Go', 'Rust'])
    expect(readCodeLeave({ ...rules, isSettled: true }).languages).toEqual([])
  })
})
