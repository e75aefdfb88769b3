import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { Plan } from '../../contract/plan.ts'
import { draftOffline } from '../llm/offline/draft/draft-offline.ts'
import {
  ESSAY_NOW,
  essayContext,
  essayDistilled,
  essayDocuments,
} from '../llm/offline/draft/examples/essay-assignment.ts'
import { anyAssignment } from './examples/any-assignment.ts'
import { listPlanStrings } from './plan-strings.ts'
import { repairPlan } from './repair-plan.ts'
import { gatherSources, type Verifiable } from './sources.ts'
import { verifyPlan } from './verify-plan.ts'

const essay: Verifiable = {
  ...draftOffline({
    context: essayContext,
    distilled: essayDistilled,
    now: ESSAY_NOW,
    rejection_reason: null,
  }),
  distilled: essayDistilled,
  documents: essayDocuments,
  context: essayContext,
}

/** A verifiable plan with a fault in it, and the places the fault touches. */
interface Faulty {
  readonly given: Verifiable
  readonly touched: readonly string[]
}

type Fault = (given: Verifiable, pick: number) => Faulty | null

function rewrite(given: Verifiable, pointer: string, change: (text: string) => string): Verifiable {
  const keys = pointer.split('/').slice(1)
  const walk = (value: unknown, depth: number): unknown => {
    const key = keys[depth]
    if (key === undefined) return change(String(value))
    if (Array.isArray(value))
      return value.map((item: unknown, i) => (String(i) === key ? walk(item, depth + 1) : item))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([name, item]) => [
      name,
      name === key ? walk(item, depth + 1) : item,
    ])
    return Object.fromEntries(entries)
  }
  return { ...given, plan: walk(given.plan, 0) as Plan }
}

/** Plants a change in one of the strings that can hold it. */
function changing(pattern: RegExp, change: (found: string) => string, places: RegExp): Fault {
  return (given, pick) => {
    const open = listPlanStrings(given.plan).filter(
      ({ pointer, text }) => places.test(pointer) && pattern.test(text),
    )
    const chosen = open[pick % Math.max(1, open.length)]
    if (chosen === undefined) return null
    const given2 = rewrite(given, chosen.pointer, (text) => text.replace(pattern, change))
    return { given: given2, touched: [chosen.pointer] }
  }
}

const LINES = /\/(?:hard_constraints|final_checklist|grading_signals)\/\d+$/
const TASK_TEXT = /\/tasks\/\d+\/(?:description|done_definition)$/
const ANY_TEXT = /\/(?:hard_constraints|final_checklist)\/\d+$|\/tasks\/\d+\/(?:description|done_definition)$/

function linkedPlaces({ links }: Verifiable, id: string): readonly string[] {
  return links.flatMap(({ pointer, requirement_ids }) => (requirement_ids.includes(id) ? [pointer] : []))
}

const FAULTS: Readonly<Record<string, Fault>> = {
  'a changed number': changing(/\d+(?=[ ,.]\D)/, (found) => String(Number(found) + 91_000), LINES),
  'a changed number in a task': changing(/\d+(?= )/, (found) => String(Number(found) + 91_000), TASK_TEXT),
  'a swapped date': changing(/\d+(?= \w{3} \d{4})/, (found) => (found === '3' ? '4' : '3'), LINES),
  'an invented count': changing(/$/, () => ' Use 4217 counterarguments.', ANY_TEXT),
  'an invented file type': changing(/$/, () => ' Hand in an XLSX as well.', ANY_TEXT),
  'a paraphrase in quotation marks': changing(
    /$/,
    () => ' Remember: “all the maps have to be purple”.',
    ANY_TEXT,
  ),
  'a dropped criterion': (given, pick) => {
    const criteria = given.context.rubric?.criteria ?? []
    const name = criteria[pick % Math.max(1, criteria.length)]?.description
    if (name === undefined) return null
    const places = listPlanStrings(given.plan).filter(
      ({ pointer, text }) => text.includes(name) && !LINES.test(pointer),
    )
    const cut = places.reduce(
      (sum, { pointer }) => rewrite(sum, pointer, (text) => text.replaceAll(name, 'order')),
      given,
    )
    return { given: cut, touched: places.map(({ pointer }) => pointer) }
  },
  'a paraphrase as the quote of a requirement': (given, pick) => {
    const { requirements } = given.distilled
    const chosen = requirements[pick % Math.max(1, requirements.length)]
    if (chosen === undefined) return null
    const evidence = chosen.evidence.map((item) => ({
      ...item,
      quote: 'Wholly other words which nobody put down',
    }))
    const others = requirements.map((one) => (one === chosen ? { ...one, evidence } : one))
    return {
      given: { ...given, distilled: { ...given.distilled, requirements: others } },
      touched: linkedPlaces(given, chosen.id),
    }
  },
  'a missing requirement': (given, pick) => {
    const { requirements } = given.distilled
    const id = requirements[pick % Math.max(1, requirements.length)]?.id
    if (id === undefined) return null
    const links = given.links.map((link) => ({
      ...link,
      requirement_ids: link.requirement_ids.filter((other) => other !== id),
    }))
    return { given: { ...given, links }, touched: linkedPlaces(given, id) }
  },
}

function errorsOf(findings: ReturnType<typeof verifyPlan>['findings']) {
  return findings.filter(({ severity }) => severity === 'error')
}

function expectMended(good: Verifiable, { given, touched }: Faulty): void {
  const repaired = repairPlan(given)
  expect(errorsOf(repaired.findings)).toEqual([])
  expect(errorsOf(verifyPlan(repaired.given).findings)).toEqual([])
  expect(Plan.safeParse(repaired.given.plan).error).toBeUndefined()
  const now = listPlanStrings(repaired.given.plan).map(({ text }) => text)
  const others = listPlanStrings(good.plan).filter(({ pointer }) => !touched.includes(pointer))
  // A criterion may be named again at the end of a line that stays.
  expect(others.filter(({ text }) => !now.some((line) => line.startsWith(text)))).toEqual([])
}

describe('repairPlan() on the essay', () => {
  test('leaves a plan without errors as it is', () => {
    const repaired = repairPlan(essay)
    expect(repaired.given.plan).toEqual(essay.plan)
    expect({ findings: repaired.findings, evidence: repaired.evidence }).toEqual(verifyPlan(essay))
  })

  test.each(Object.entries(FAULTS))('mends %s wherever it stands, and keeps every other line', (_, fault) => {
    let planted = 0
    for (let pick = 0; pick < 24; pick += 1) {
      const faulty = fault(essay, pick)
      if (faulty === null) continue
      planted += 1
      expectMended(essay, faulty)
    }
    expect(planted).toBeGreaterThan(0)
  })

  test('puts the exact words of the quote in the place of a changed number, and says so', () => {
    const lines = essay.plan.assignment_summary.hard_constraints
    const at = lines.findIndex((line) => line.startsWith('Use at least five'))
    const pointer = `/assignment_summary/hard_constraints/${at}`
    const { given, findings } = repairPlan(rewrite(essay, pointer, () => 'Use at least nine sources.'))
    const [requirement] =
      gatherSources(essay).strings.find((string) => string.pointer === pointer)?.requirements ?? []
    expect(given.plan.assignment_summary.hard_constraints[at]).toBe(requirement?.evidence[0]?.quote)
    expect(findings.filter(({ code }) => code === 'REPAIRED')).toMatchObject([
      {
        pointer,
        severity: 'info',
        message: expect.stringContaining('“Use at least nine sources.” was replaced by'),
      },
    ])
  })

  test('states the due date again when it was lost or swapped', () => {
    const pointer = '/assignment_summary/hard_constraints/0'
    const { given } = repairPlan(
      rewrite(essay, pointer, () => 'Due Thu 3 Dec 2026, 23:59 (America/New_York).'),
    )
    expect(given.plan.assignment_summary.hard_constraints[0]).toBe(
      'Due Thu 26 Nov 2026, 23:59 (America/New_York).',
    )
  })

  test('takes what a judge found contradicted for an error of its place', () => {
    const pointer = '/assignment_summary/hard_constraints/4'
    const judged = [{ code: 'claim_contradicted', pointer, message: 'The quote says otherwise.' }]
    const repaired = repairPlan(essay, judged)
    const [requirement] =
      gatherSources(essay).strings.find((string) => string.pointer === pointer)?.requirements ?? []
    expect(repaired.given.plan.assignment_summary.hard_constraints[4]).toContain(
      requirement?.evidence[0]?.quote,
    )
    expect(errorsOf(repaired.findings)).toEqual([])
  })

  test('puts milestones and dependencies in order again', () => {
    const milestones = essay.plan.milestones.map((milestone, index) => ({
      ...milestone,
      order: 9 - index,
      due_strategy: index === 1 ? 'By Wed 25 Nov, 20:00 (America/New_York).' : milestone.due_strategy,
    }))
    const { given, findings } = repairPlan({ ...essay, plan: { ...essay.plan, milestones } })
    expect(errorsOf(findings)).toEqual([])
    expect(given.plan.milestones.map(({ order }) => order)).toEqual([1, 2, 3, 4, 5])
    const kept = given.plan.milestones.map(
      ({ due_strategy }, index) => due_strategy === milestones[index]?.due_strategy,
    )
    expect(kept).toEqual([true, false, true, true, true])
  })

  test('gives up on a circle of dependencies', () => {
    const milestones = essay.plan.milestones.map((milestone) => ({
      ...milestone,
      tasks: milestone.tasks.map((task) =>
        task.id === 'read-instructions' ? { ...task, depends_on: ['hand-in'] } : task,
      ),
    }))
    const { findings } = repairPlan({ ...essay, plan: { ...essay.plan, milestones } })
    expect(errorsOf(findings).map(({ code }) => code)).toContain('DEPENDENCY_CIRCLE')
  })
})

test('repairPlan() mends any single fault in a plan of any genre, and keeps every other line', () => {
  let planted = 0
  fc.assert(
    fc.property(
      anyAssignment,
      fc.constantFrom(...Object.keys(FAULTS)),
      fc.nat({ max: 999 }),
      ({ documents, ...input }, name, pick) => {
        const good = { ...draftOffline(input), distilled: input.distilled, documents, context: input.context }
        const faulty = FAULTS[name]?.(good, pick) ?? null
        if (faulty === null) return
        planted += 1
        expectMended(good, faulty)
      },
    ),
    { numRuns: 150, seed: 20261121 },
  )
  expect(planted).toBeGreaterThan(100)
})
