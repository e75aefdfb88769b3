import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { findPlanFaults } from '../../../../contract/plan.ts'
import type { Requirement } from '../../../../contract/requirements.ts'
import { loadBriefs } from '../../briefs/load-briefs.ts'
import { distillOffline } from '../distill/index.ts'
import { draftOffline } from './draft-offline.ts'
import { readOrders } from './orders.ts'

const BRIEF = loadBriefs('development').find(({ name }) => name === 'programming')
if (BRIEF === undefined) throw new TypeError('no brief on programming')
const DOCUMENT_ID = BRIEF.texts[0]?.document_id ?? ''

function requirementOf(statement: string, more: Partial<Requirement> = {}): Requirement {
  const quote = (text: string) => ({
    document_id: DOCUMENT_ID,
    quote: text,
    start: null,
    end: null,
    page: null,
    match: 'exact' as const,
  })
  return {
    id: `r-${statement.toLowerCase().replaceAll(/\W+/g, '-')}`,
    kind: 'process',
    modality: 'must',
    statement,
    hard: false,
    quantities: [],
    alternative_group: null,
    criterion_id: null,
    evidence: [quote(statement)],
    ...more,
  }
}

/** A demand with a name, under a heading of the brief. */
function named(statement: string, heading: string): Requirement {
  const own = requirementOf(statement)
  return { ...own, evidence: [...own.evidence, ...requirementOf(heading).evidence] }
}

const CRASH_TEST = requirementOf('A crash test that kills the program at random points', { kind: 'method' })
const FEATURES = [
  named('R1: Each record must start with a checksum', 'Log format'),
  named('R2: The program must replay all log files', 'Durability and recovery'),
  named('R3: Old records must be dropped', 'Compaction'),
]

/** The tasks of a plan by id, made of these demands beside those of a brief. */
function tasksOf(requirements: readonly Requirement[]) {
  const { context, texts, now } = BRIEF ?? { context: undefined, texts: [], now: '' }
  if (context === undefined) throw new TypeError('no context')
  const distilled = distillOffline({ context, documents: texts })
  const { plan, links } = draftOffline({
    context,
    distilled: { ...distilled, requirements: [...distilled.requirements, ...requirements] },
    now,
    rejection_reason: null,
  })
  expect(findPlanFaults(plan)).toEqual([])
  return { tasks: plan.milestones.flatMap(({ tasks }) => tasks), plan, links }
}

type Tasks = ReturnType<typeof tasksOf>['tasks']

function waitsFor(tasks: Tasks, late: string, early: string): boolean {
  const needs = tasks.find(({ id }) => id === late)?.depends_on ?? []
  return needs.includes(early) || needs.some((id) => waitsFor(tasks, id, early))
}

describe('an order of work that the instructions state', () => {
  const order = requirementOf('Write the crash test before the recovery code')

  test('is kept: what comes first is a task of its own, and the part named after it waits for it', () => {
    const { tasks, plan, links } = tasksOf([...FEATURES, CRASH_TEST, order])
    const ids = tasks.map(({ id }) => id)
    expect(ids).toContain('first-crash-test')
    expect(waitsFor(tasks, 'build-durability-and-recovery', 'first-crash-test')).toBe(true)
    expect(waitsFor(tasks, 'first-crash-test', 'build-durability-and-recovery')).toBe(false)
    expect(waitsFor(tasks, 'first-crash-test', 'build-log-format')).toBe(true)
    const at = plan.milestones.findIndex((milestone) =>
      milestone.tasks.some(({ id }) => id === 'first-crash-test'),
    )
    const index = plan.milestones[at]?.tasks.findIndex(({ id }) => id === 'first-crash-test') ?? -1
    const own = links.filter(({ pointer }) => pointer.startsWith(`/milestones/${at}/tasks/${index}/`))
    expect(own.flatMap(({ requirement_ids }) => requirement_ids)).toContain(order.id)
  })

  test('is kept where the brief sets no parts apart', () => {
    const { tasks } = tasksOf([requirementOf('Write your tests before the code')])
    expect(waitsFor(tasks, 'build-features', 'first-tests')).toBe(true)
  })

  test('makes no task where the usual way keeps it, or where nothing makes what it names', () => {
    const design = tasksOf([requirementOf('Draw a diagram before the code')]).tasks
    const nothing = tasksOf([requirementOf('Write the letter before the weekend')]).tasks
    expect([...design, ...nothing].filter(({ id }) => id.startsWith('first-'))).toEqual([])
  })

  test.each([
    'Read it to the end before you write a line',
    'Get one record on disk before anything else',
    'Ask in the forum before, not after',
    'Tell me before the deadline if you want to use it',
    'Msh prints a prompt before each command',
  ])('is not read from “%s”', (statement) => {
    expect(readOrders([requirementOf(statement)])).toEqual([])
  })

  test('never makes a plan that goes in circles, whatever orders are stated', () => {
    const thing = fc.constantFrom(
      'crash test',
      'tests',
      'recovery code',
      'code',
      'README',
      'diagram',
      'log format',
    )
    const orders = fc.array(fc.tuple(thing, thing), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(orders, (pairs) => {
        const stated = pairs.map(([first, then], at) =>
          requirementOf(`Write the ${first} before the ${then}`, { id: `order-${at}` }),
        )
        expect(tasksOf([...FEATURES, ...stated]).tasks.length).toBeGreaterThan(8)
      }),
      { numRuns: 40 },
    )
  })
})
