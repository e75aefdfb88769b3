import { describe, expect, test } from 'vitest'

import type { Plan } from '../../contract/plan.ts'
import type { Requirement } from '../../contract/requirements.ts'
import { draftOffline } from '../llm/offline/draft/draft-offline.ts'
import {
  ESSAY_NOW,
  essayContext,
  essayDistilled,
  essayDocuments,
} from '../llm/offline/draft/examples/essay-assignment.ts'
import type { FindingCode } from './finding.ts'
import type { Verifiable } from './sources.ts'
import { verifyPlan } from './verify-plan.ts'

const drafted = draftOffline({
  context: essayContext,
  distilled: essayDistilled,
  now: ESSAY_NOW,
  rejection_reason: null,
})
const good: Verifiable = {
  ...drafted,
  distilled: essayDistilled,
  documents: essayDocuments,
  context: essayContext,
}

type Editable<T> = { -readonly [Key in keyof T]: T[Key] extends object ? Editable<T[Key]> : T[Key] }

/** The good plan with one fault planted. */
function plant(fault: (given: Editable<Verifiable>) => void): Verifiable {
  const copy = structuredClone(good) as Editable<Verifiable>
  fault(copy)
  return copy
}

function errorsOf(given: Verifiable): readonly FindingCode[] {
  return verifyPlan(given)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code)
}

/** Puts other words for a pattern, in every string of the plan or in one part of it. */
function reword(plan: Plan, from: string, to: string): Plan {
  const before = JSON.stringify(plan)
  const after = before.replaceAll(from, to)
  expect(after).not.toBe(before)
  return JSON.parse(after) as Plan
}

function taskOf(plan: Plan, id: string) {
  const task = plan.milestones.flatMap(({ tasks }) => tasks).find((candidate) => candidate.id === id)
  if (task === undefined) throw new Error(`the plan has no task ${id}`)
  return task
}

function constraintIndex(plan: Plan, start: string): number {
  const index = plan.assignment_summary.hard_constraints.findIndex((line) => line.startsWith(start))
  expect(index).toBeGreaterThanOrEqual(0)
  return index
}

describe('verifyPlan() on a good plan', () => {
  test('finds no errors and no warnings', () => {
    expect(verifyPlan(good).findings.filter(({ severity }) => severity !== 'info')).toEqual([])
  })

  test('gives every constraint of the text its quote, offsets true to the document', () => {
    const { evidence } = verifyPlan(good)
    const text = essayDocuments[0]?.text ?? ''
    for (const [index, line] of good.plan.assignment_summary.hard_constraints.entries()) {
      const items = evidence.filter(
        ({ pointer }) => pointer === `/assignment_summary/hard_constraints/${index}`,
      )
      expect(items.length > 0 || /^(?:Due|Hand in as|File types)/.test(line)).toBe(true)
      for (const { quote, start, end } of items) expect(text.slice(start ?? 0, end ?? 0)).toBe(quote)
    }
  })

  test('finds the quotes again when the offsets it was given are wrong', () => {
    const moved = plant(({ distilled }) => {
      for (const { evidence } of distilled.requirements) for (const item of evidence) item.start = 0
    })
    expect(verifyPlan(moved).evidence).toEqual(verifyPlan(good).evidence)
  })
})

describe('verifyPlan() catches', () => {
  test('a requirement the plan never answers', () => {
    const missing = plant((given) => {
      given.links = given.links.map((link) => ({
        ...link,
        requirement_ids: link.requirement_ids.filter((id) => id !== 'mla'),
      }))
    })
    expect(errorsOf(missing)).toContain('REQUIREMENT_NOT_PLANNED')
  })

  test('a hard requirement that left the constraints', () => {
    const at = constraintIndex(good.plan, 'Cite in MLA')
    const dropped = plant((given) => {
      given.links = given.links.filter(
        ({ pointer }) => pointer !== `/assignment_summary/hard_constraints/${at}`,
      )
    })
    expect(errorsOf(dropped)).toEqual(
      expect.arrayContaining(['HARD_REQUIREMENT_NOT_STATED', 'HARD_CONSTRAINT_UNSUPPORTED']),
    )
  })

  test.each([
    ['in a constraint and everywhere else', '1,500 to 2,000 words', '1,500 to 2,500 words'],
    ['written as a word', 'at least five sources', 'at least seven sources'],
    ['under another unit', '1,500 to 2,000 words', '1,500 to 2,000 pages'],
  ])('a changed number %s', (_, from, to) => {
    const changed = { ...good, plan: reword(good.plan, from, to) }
    expect(errorsOf(changed)).toEqual(expect.arrayContaining(['NUMBER_NOT_IN_SOURCE', 'QUANTITY_NOT_STATED']))
  })

  test('a number left out of its constraint', () => {
    const index = constraintIndex(good.plan, 'Use at least five')
    const vague = plant(({ plan }) => {
      plan.assignment_summary.hard_constraints[index] = 'Use several sources.'
    })
    expect(errorsOf(vague)).toEqual(['QUANTITY_NOT_STATED'])
  })

  test('a swapped due date', () => {
    const swapped = { ...good, plan: reword(good.plan, 'Due Thu 26 Nov 2026', 'Due Thu 3 Dec 2026') }
    expect(errorsOf(swapped)).toEqual(['DATE_NOT_IN_SOURCE', 'DATE_NOT_IN_SOURCE'])
  })

  test('a date changed in a line that rests on a quote', () => {
    const swapped = { ...good, plan: reword(good.plan, 'outline by November 10', 'outline by November 12') }
    expect(errorsOf(swapped)).toContain('DATE_NOT_IN_SOURCE')
  })

  test('a plan that no longer states the due date', () => {
    const silent = {
      ...good,
      plan: reword(
        reword(good.plan, 'Due Thu 26 Nov 2026, 23:59 (America/New_York).', 'Due in time.'),
        'by November 26',
        'in time',
      ),
    }
    expect(errorsOf(silent)).toContain('DUE_DATE_NOT_STATED')
  })

  test('an invented count', () => {
    const invented = plant(({ plan }) => {
      taskOf(plan, 'draft-body').description += ' Use 4 counterarguments.'
    })
    expect(errorsOf(invented)).toEqual(['NUMBER_NOT_IN_SOURCE'])
  })

  test('the due date exchanged with another day of the brief', () => {
    const at = constraintIndex(good.plan, 'Due ')
    const exchanged = plant(({ plan }) => {
      plan.assignment_summary.hard_constraints[at] = 'Due November 10, 23:59 (America/New_York).'
    })
    expect(errorsOf(exchanged)).toEqual(['DATE_NOT_IN_SOURCE'])
  })

  test('a count that shares only its figure with a day of the brief', () => {
    const invented = plant(({ plan }) => {
      taskOf(plan, 'draft-body').description += ' Add 26 appendices.'
    })
    expect(errorsOf(invented)).toEqual(['NUMBER_NOT_IN_SOURCE'])
  })

  test('a criterion named by a word that is no name', () => {
    const dropped = { ...good, plan: reword(good.plan, '“Organization” (20 points)', 'organization') }
    expect(errorsOf(dropped)).toEqual(['CRITERION_NOT_COVERED'])
  })

  test('an invented file type', () => {
    const invented = plant(({ plan }) => {
      plan.submission_strategy.final_checklist.push('Hand in a DOCX as well.')
    })
    expect(errorsOf(invented)).toEqual(['FILE_TYPE_NOT_IN_SOURCE'])
  })

  test('a reversed dependency', () => {
    const reversed = plant(({ plan }) => {
      taskOf(plan, 'find-material').depends_on = ['take-notes']
      taskOf(plan, 'take-notes').depends_on = []
    })
    expect(errorsOf(reversed)).toEqual(['DEPENDENCY_BACKWARDS'])
  })

  test('a circle of dependencies', () => {
    const circle = plant(({ plan }) => {
      taskOf(plan, 'read-instructions').depends_on = ['hand-in']
    })
    expect(errorsOf(circle)).toContain('DEPENDENCY_CIRCLE')
  })

  test('a dependency on a task that does not exist', () => {
    const unknown = plant(({ plan }) => {
      taskOf(plan, 'outline').depends_on = ['dream']
    })
    expect(errorsOf(unknown)).toContain('DEPENDENCY_UNKNOWN')
  })

  test('a dropped criterion', () => {
    const dropped = { ...good, plan: reword(good.plan, '“Organization” (20 points)', 'order') }
    expect(errorsOf(dropped)).toEqual(['CRITERION_NOT_COVERED'])
  })

  test('a criterion with other points', () => {
    const changed = { ...good, plan: reword(good.plan, 'Organization: 20 points', 'Organization: 25 points') }
    expect(errorsOf(changed)).toEqual(['NUMBER_NOT_IN_SOURCE'])
  })

  test('a paraphrase posing as the quote of a requirement', () => {
    const paraphrased = plant(({ distilled }) => {
      const requirement = (distilled.requirements as Requirement[]).find(({ id }) => id === 'no-encyclopedia')
      const [evidence] = requirement?.evidence ?? []
      if (evidence !== undefined)
        evidence.quote = 'Reference works such as Wikipedia are not acceptable evidence'
    })
    expect(errorsOf(paraphrased)).toEqual(
      expect.arrayContaining(['QUOTE_NOT_FOUND', 'HARD_CONSTRAINT_UNSUPPORTED']),
    )
  })

  test('a paraphrase in quotation marks in the plan', () => {
    const posing = plant(({ plan }) => {
      taskOf(plan, 'check-citations').description +=
        ' Remember: “references have to follow the MLA handbook”.'
    })
    expect(errorsOf(posing)).toEqual(['QUOTATION_NOT_IN_SOURCE'])
  })

  test('a milestone that ends after the deadline', () => {
    const late = plant(({ plan }) => {
      const last = plan.milestones.at(-1)
      if (last !== undefined) last.due_strategy = 'By Fri 27 Nov, 20:00 (America/New_York); in time.'
    })
    expect(errorsOf(late)).toEqual(['ENDS_AFTER_DUE'])
  })

  test('milestones out of order', () => {
    const mixed = plant(({ plan }) => {
      const last = plan.milestones.at(-1)
      if (last !== undefined) last.due_strategy = 'By Fri 6 Nov, 09:00 (America/New_York); early.'
    })
    expect(errorsOf(mixed)).toEqual(['MILESTONES_OUT_OF_ORDER'])
  })

  test('a link into nowhere and a requirement nobody distilled', () => {
    const broken = plant((given) => {
      given.links = [...given.links, { pointer: '/milestones/9/title', requirement_ids: ['ghost'] }]
    })
    expect(errorsOf(broken)).toEqual(['LINK_BROKEN', 'REQUIREMENT_UNKNOWN'])
  })

  test('submission prose in a task', () => {
    const leaking = plant(({ plan }) => {
      taskOf(plan, 'draft-body').deliverable =
        'Although both cities have suffered from floods for centuries, Rotterdam is far better prepared because its people learned to live below the sea.'
    })
    expect(errorsOf(leaking)).toEqual(['SUBMISSION_PROSE'])
  })
})

describe('verifyPlan() reports without blocking', () => {
  test('a rubric that does not add up to the points of the assignment', () => {
    const context = { ...essayContext, assignment: { ...essayContext.assignment, points_possible: 50 } }
    const given = {
      ...draftOffline({ context, distilled: essayDistilled, now: ESSAY_NOW, rejection_reason: null }),
      distilled: essayDistilled,
      documents: essayDocuments,
      context,
    }
    expect(errorsOf(given)).toEqual([])
    expect(verifyPlan(given).findings.map(({ code }) => code)).toContain('RUBRIC_SUM_DIFFERS')
  })

  test('a task that stands alone, and tasks that answer no requirement', () => {
    const alone = plant(({ plan }) => {
      const [first] = plan.milestones
      const model = taskOf(plan, 'note-first-ideas')
      first?.tasks.push({ ...model, id: 'tidy-desk', title: 'Tidy your desk', depends_on: [] })
    })
    const found = verifyPlan(alone).findings.map(({ code, severity }) => `${code} ${severity}`)
    expect(found).toEqual(
      expect.arrayContaining(['TASK_DISCONNECTED warning', 'TASK_WITHOUT_REQUIREMENT info']),
    )
    expect(errorsOf(alone)).toEqual([])
  })
})
