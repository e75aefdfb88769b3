import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { Advice, Assessment, Feedback } from '../../contract/feedback.ts'
import { adviseOffline } from '../llm/offline/feedback/advise-offline.ts'
import { assessOffline } from '../llm/offline/feedback/assess-offline.ts'
import { checkRules } from './check-rules.ts'
import { composeFeedback } from './compose-feedback.ts'
import { feedbackInput, readExample } from './examples/essay-feedback.ts'
import { createWordsGuard } from './guard-words.ts'

function give(text: string) {
  const given = feedbackInput(text)
  const assessment = Assessment.parse({ checks: given.checks, ...assessOffline(given) })
  const advice = Advice.parse(adviseOffline({ ...given, assessment }))
  const { result, evidence } = composeFeedback({ target: given.target, assessment, advice })
  return { given, assessment, result: Feedback.parse(result), evidence }
}

/** Everything a student is told. */
function linesOf(result: Feedback): readonly string[] {
  const { scorecard, target: _target, ...lists } = result
  return [...Object.values(lists).flat(), ...scorecard.criterion_scores.map(({ observation }) => observation)]
}

describe('feedback by rules', () => {
  test('finds every rule that is broken in a weak essay, and calls it not ready', () => {
    const { result } = give(readExample('weak'))
    expect(result.scorecard.overall_readiness).toBe('not_ready')
    expect(result.required_fixes.join('\n')).toMatch(/fewer than asked for/)
    expect(result.required_fixes.join('\n')).toMatch(/2 entries/)
    expect(result.suggested_improvements.join('\n')).toMatch(/same sentence stands twice/)
  })

  test('tells what the rules call not enough, and what does not count, where it stands in the work', () => {
    const { given } = give(readExample('weak'))
    const [first] = given.distilled.requirements
    if (first === undefined) throw new TypeError('the example has no rule')
    const rules = [
      'One paragraph that begins "Some might say" is not enough',
      'Encyclopedias do not count toward the sources',
    ]
    const bans = rules.map((statement, at): typeof first => ({
      ...first,
      id: `ban-${at}`,
      kind: 'source',
      modality: 'must_not',
      hard: true,
      quantities: [],
      statement,
    }))
    const distilled = { ...given.distilled, requirements: [...given.distilled.requirements, ...bans] }
    const full = { ...given, distilled }
    const assessment = Assessment.parse({ checks: checkRules(full), ...assessOffline(full) })
    const told = adviseOffline({ ...full, assessment }).next_actions.map(({ text }) => text)
    expect(told.join('\n')).toMatch(/begins with “Some might say”/)
    expect(told.join('\n')).toMatch(/does not count, first “Wikipedia/)
  })

  test('has one line for each criterion of the rubric and judges none that it cannot count', () => {
    const { given, result } = give(readExample('good'))
    const ids = (given.context.rubric?.criteria ?? []).map(({ id }) => id)
    expect(result.scorecard.criterion_scores.map(({ criterion_id }) => criterion_id)).toEqual(ids)
    expect(result.scorecard.criterion_scores.some(({ status }) => status === 'met')).toBe(false)
  })

  test('reports orders to a machine, quotes none of them as an answer to a criterion, and follows none', () => {
    const { result, assessment, evidence } = give(readExample('hostile'))
    expect(result.scorecard.overall_readiness).toBe('not_ready')
    expect(assessment.suspicious.length).toBeGreaterThanOrEqual(3)
    expect(result.next_actions[0]).toMatch(/speaks to a machine.*was not followed/)
    expect(result.required_fixes.length).toBeGreaterThan(0)
    const shown = evidence.filter(({ pointer }) => pointer.startsWith('/scorecard'))
    expect(shown.map(({ quote }) => quote).join('\n')).not.toMatch(/any AI reading|grading mode/)
  })

  test.each(['good', 'weak', 'hostile'] as const)(
    'says of a %s essay nothing that its guard would refuse',
    (name) => {
      const { given, result } = give(readExample(name))
      const rules = given.distilled.requirements.map(({ statement }) => statement)
      const guard = createWordsGuard({
        work: given.submission.text,
        documents: [...given.documents.map(({ text }) => text), ...rules],
      })
      const refused = linesOf(result).filter((line) =>
        ['rewrite', 'link', 'prose'].includes(guard(line) ?? ''),
      )
      expect(refused).toEqual([])
    },
  )

  test('answers any text, in words, and never calls it ready', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 600 }), (text) => {
        const { result } = give(text)
        expect(result.scorecard.overall_readiness).not.toBe('ready')
        for (const line of linesOf(result)) expect(line.trim()).not.toBe('')
      }),
      { numRuns: 40 },
    )
  })

  test.each([
    ['one word, again and again', 'word '.repeat(10_000)],
    ['one letter without a space', 'x'.repeat(50_000)],
    ['nothing but brackets', '(['.repeat(25_000)],
    ['nothing but line breaks and marks', '#\n> '.repeat(12_500)],
    ['quotes that never close', '“a '.repeat(16_000)],
    ['years', '(Abel 2001; '.repeat(4_000)],
    ['addresses without a space', 'https://'.repeat(6_250)],
    ['capitals of another plane', '𝔸'.repeat(25_000)],
    ['capitals and hyphens', 'A-'.repeat(25_000)],
    ['cells of a table, below a list of references', `Text.\n\n## References\n\n${'a\tb\n'.repeat(12_000)}`],
    ['comments that never close', '<!-- '.repeat(10_000)],
    ['one line of a list, again and again', '1. A\n'.repeat(10_000)],
  ])('takes 50,000 characters of %s', (_, text) => {
    expect(linesOf(give(text).result).length).toBeGreaterThan(0)
  })
})
