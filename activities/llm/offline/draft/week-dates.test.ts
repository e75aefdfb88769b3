import { expect, test } from 'vitest'

import type { Requirement } from '../../../../contract/requirements.ts'
import { draftEssay } from './examples/draft-essay.ts'
import { essayDistilled } from './examples/essay-assignment.ts'
import { isDatedByWeek } from './week-dates.ts'

type Given = Pick<Requirement, 'kind' | 'modality' | 'statement'>

const requirement = (given: Given): Requirement => ({
  id: 'week',
  hard: false,
  quantities: [],
  alternative_group: null,
  criterion_id: null,
  evidence: [],
  ...given,
})

test.each<[string, Partial<Given>, boolean]>([
  ['Show the encoder to your TA, Thursday of Week 10, in lab', {}, true],
  ['Partners register in the team sheet by the end of week 9', { kind: 'policy' }, true],
  ['The topics of Week 3 may help you', { modality: 'may' }, false],
  ['Week 10: 5 points', { kind: 'grading' }, false],
  ['It takes most teams two weeks', {}, false],
])('“%s” %j sets a day by the week: %j', (statement, given, expected) => {
  expect(isDatedByWeek(requirement({ kind: 'process', modality: 'must', statement, ...given }))).toBe(
    expected,
  )
})

test('what is due in a week of the term stands once among the constraints and in the final checklist', () => {
  const statement = 'Show your outline to your tutor on Thursday of Week 10'
  const [first] = essayDistilled.requirements
  const shown = {
    ...requirement({ kind: 'process', modality: 'must', statement }),
    evidence: first?.evidence ?? [],
  }
  const { plan } = draftEssay({ distilled: { requirements: [...essayDistilled.requirements, shown] } })
  const { assignment_summary, submission_strategy } = plan
  for (const lines of [assignment_summary.hard_constraints, submission_strategy.final_checklist])
    expect(lines.filter((line) => line === `${statement}.`)).toHaveLength(1)
})
