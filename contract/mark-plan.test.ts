import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { markPlan, showProgress, type Mark, type Marked } from './mark-plan.ts'
import { MARK_STATES, PlanProgress, type MarkState, type MilestoneProgress } from './marks.ts'
import type { Plan } from './plan.ts'

type Milestones = Pick<Plan, 'milestones'>

const GENERATION = 3
const START = Date.UTC(2026, 8, 1)

/** A plan by the ids of its tasks: one list for each milestone, named m1, m2 and so on. */
function planOf(...taskIds: readonly (readonly string[])[]): Milestones {
  const task = (id: string) => ({
    id,
    title: `Task ${id}`,
    description: 'Do it.',
    deliverable: '',
    done_definition: 'It is done.',
    estimated_effort: '30m',
    depends_on: [],
  })
  const milestones = taskIds.map((ids, index) => ({
    id: `m${index + 1}`,
    title: `Milestone ${index + 1}`,
    purpose: 'To get on.',
    acceptance_criteria: [],
    due_strategy: 'Soon.',
    order: index + 1,
    tasks: ids.map(task),
  }))
  return { milestones }
}

/** Marks one after another, as a student does; those the plan does not know change nothing. */
function markAll(plan: Milestones, asked: readonly Marked[], before: readonly Mark[] = []): readonly Mark[] {
  return asked.reduce<readonly Mark[]>((marks, one, index) => {
    const marking = markPlan(plan, marks, one, { generation: GENERATION, at: new Date(START + index) })
    const fresh = marking?.marks ?? []
    const isReplaced = ({ kind, id }: Mark) => fresh.some((mark) => mark.kind === kind && mark.id === id)
    return [...marks.filter((mark) => !isReplaced(mark)), ...fresh]
  }, before)
}

const mark = (plan: Milestones, marks: readonly Mark[], asked: Marked) => {
  const marking = markPlan(plan, marks, asked, { generation: GENERATION, at: new Date(START + 1_000) })
  if (marking === undefined) throw new Error(`the plan has no ${asked.id}`)
  return marking
}
const show = (plan: Milestones, marks: readonly Mark[]) => showProgress(plan, marks, GENERATION)

const taskIds = ['a', 'b', 'c', 'd', 'e', 'f']
const milestoneIds = ['m1', 'm2', 'm3']
/** Tasks dealt out to three milestones, some of them left empty and some tasks left out. */
const plans = fc
  .array(fc.integer({ min: 0, max: 3 }), { minLength: taskIds.length, maxLength: taskIds.length })
  .map((places) =>
    planOf(...milestoneIds.map((_, index) => taskIds.filter((_id, task) => places[task] === index))),
  )
const state = fc.constantFrom(...MARK_STATES)
const asking = fc.oneof(
  fc.record({ kind: fc.constant('task' as const), id: fc.constantFrom(...taskIds), state }),
  fc.record({ kind: fc.constant('milestone' as const), id: fc.constantFrom(...milestoneIds), state }),
)
const history = fc.array(asking, { maxLength: 12 })

/** A plan marked for a while, made anew and marked on, and one more wish that the new plan knows. */
const situations = fc
  .record({ old: plans, plan: plans, earlier: history, later: history, asked: asking })
  .map(({ old, plan, earlier, later, asked }) => {
    const marks = markAll(plan, later, markAll(old, earlier))
    return { plan, marks, asked }
  })
  .filter(({ plan, marks, asked }) => {
    const options = { generation: GENERATION, at: new Date(START) }
    return markPlan(plan, marks, asked, options) !== undefined
  })

const everything = ({ milestones }: PlanProgress): Map<string, MarkState> =>
  new Map(
    milestones.flatMap(({ id, state, tasks }) => [
      [`milestone ${id}`, state] as const,
      ...tasks.map((task) => [`task ${task.id}`, task.state] as const),
    ]),
  )

/** What a milestone may show: what its tasks say, or that the student is at it while they all say the same. */
function fitting({ tasks }: MilestoneProgress): readonly MarkState[] {
  const [state, ...others] = new Set(tasks.map((task) => task.state))
  return state === undefined || others.length > 0 ? ['doing'] : [state, 'doing']
}

describe('showProgress()', () => {
  test('shows a milestone as done only if all its tasks are, and as todo only if none is begun', () => {
    fc.assert(
      fc.property(situations, ({ plan, marks }) => {
        const shown = show(plan, marks).milestones.filter(({ total_tasks }) => total_tasks > 0)
        for (const milestone of shown) expect(fitting(milestone)).toContain(milestone.state)
      }),
    )
  })

  test('counts the tasks that are done, in each milestone and in all', () => {
    fc.assert(
      fc.property(situations, ({ plan, marks }) => {
        const progress = PlanProgress.parse(show(plan, marks))
        const tasks = progress.milestones.flatMap((milestone) => milestone.tasks)
        expect(progress.total_tasks).toBe(tasks.length)
        expect(progress.done_tasks).toBe(tasks.filter((task) => task.state === 'done').length)
        for (const { tasks: own, done_tasks, total_tasks } of progress.milestones)
          expect([done_tasks, total_tasks]).toEqual([
            own.filter((task) => task.state === 'done').length,
            own.length,
          ])
      }),
    )
  })

  test('shows a mark where the id is, in whichever milestone and plan, and todo where there is none', () => {
    fc.assert(
      fc.property(plans, plans, history, (old, next, asked) => {
        const marks = markAll(old, asked)
        const stateOf = (id: string) =>
          marks.find((one) => one.kind === 'task' && one.id === id)?.state ?? 'todo'
        for (const task of show(next, marks).milestones.flatMap(({ tasks }) => tasks))
          expect(task.state).toBe(stateOf(task.id))
      }),
    )
  })

  test('never goes back in its version, whichever ids the plan has', () => {
    fc.assert(
      fc.property(situations, plans, ({ plan, marks }, next) => {
        expect(show(next, marks).version).toBe(show(plan, marks).version)
      }),
    )
  })

  test('opens a milestone again that was done when a new plan brings it a further task', () => {
    const marks = markAll(planOf(['a']), [{ kind: 'milestone', id: 'm1', state: 'done' }])
    const [milestone] = show(planOf(['a', 'b']), marks).milestones
    expect(milestone).toMatchObject({ state: 'doing', tasks: [{ state: 'done' }, { state: 'todo' }] })
  })

  test('tells when a task was marked, and of a milestone when it or one of its tasks was marked last', () => {
    const plan = planOf(['a', 'b'], ['c'])
    const marks = markAll(plan, [
      { kind: 'milestone', id: 'm1', state: 'doing' },
      { kind: 'task', id: 'a', state: 'done' },
    ])
    const [first, second] = show(plan, marks).milestones
    const at = (ms: number) => new Date(START + ms).toISOString()
    expect(first?.tasks.map(({ updated_at }) => updated_at)).toEqual([at(1), null])
    expect([first?.updated_at, second?.updated_at]).toEqual([at(1), null])
  })
})

describe('markPlan()', () => {
  test('makes show what was asked for', () => {
    fc.assert(
      fc.property(situations, ({ plan, marks, asked }) => {
        const { progress } = mark(plan, marks, asked)
        expect(everything(progress).get(`${asked.kind} ${asked.id}`)).toBe(asked.state)
      }),
    )
  })

  test('answers what showing the kept marks answers, under the next version', () => {
    fc.assert(
      fc.property(situations, ({ plan, marks, asked }) => {
        const { progress, changes, marks: fresh } = mark(plan, marks, asked)
        const kept = [...marks.filter((old) => !fresh.some((one) => one.id === old.id)), ...fresh]
        expect(show(plan, kept)).toEqual(progress)
        expect(progress.version).toBe(show(plan, marks).version + (changes.length === 0 ? 0 : 1))
      }),
    )
  })

  test('tells exactly what shows differently: the changes turn the one into the other', () => {
    fc.assert(
      fc.property(situations, ({ plan, marks, asked }) => {
        const states = everything(show(plan, marks))
        let { done_tasks } = show(plan, marks)
        const { changes, progress } = mark(plan, marks, asked)
        for (const change of changes) {
          const key = change.task_id === null ? `milestone ${change.milestone_id}` : `task ${change.task_id}`
          expect(states.get(key)).toBe(change.previous_state)
          expect(change.state).not.toBe(change.previous_state)
          states.set(key, change.state)
          done_tasks = [...states].filter(([name, is]) => name.startsWith('task') && is === 'done').length
          expect([change.done_tasks, change.total_tasks]).toEqual([done_tasks, progress.total_tasks])
        }
        expect(states).toEqual(everything(progress))
      }),
    )
  })

  test('keeps nothing when nothing shows differently, so the same mark again changes nothing', () => {
    fc.assert(
      fc.property(situations, ({ plan, marks, asked }) => {
        const once = markAll(plan, [asked], marks)
        const again = mark(plan, once, asked)
        expect([again.marks, again.changes]).toEqual([[], []])
        expect(again.progress).toEqual(show(plan, once))
      }),
    )
  })

  test('moves no other task and no other milestone than the one a task is in', () => {
    fc.assert(
      fc.property(situations, ({ plan, marks, asked }) => {
        const { changes } = mark(plan, marks, asked)
        const own = plan.milestones.find(({ id, tasks }) =>
          asked.kind === 'milestone' ? id === asked.id : tasks.some((task) => task.id === asked.id),
        )
        const touched = changes.map(({ milestone_id }) => milestone_id)
        expect([own?.id]).toEqual(expect.arrayContaining(touched))
        const moved = changes.flatMap(({ task_id }) => task_id ?? [])
        const tasks = own?.tasks.map(({ id }) => id) ?? []
        const mayMove = asked.kind === 'task' ? [asked.id] : asked.state === 'doing' ? [] : tasks
        expect(mayMove).toEqual(expect.arrayContaining(moved))
      }),
    )
  })

  test('sets all tasks of a milestone that is done or to do again, and keeps the time of those that were so', () => {
    const plan = planOf(['a', 'b'])
    const marks = markAll(plan, [{ kind: 'task', id: 'a', state: 'done' }])
    const { progress, marks: fresh } = mark(plan, marks, { kind: 'milestone', id: 'm1', state: 'done' })
    expect(fresh.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['milestone m1', 'task b'])
    const [first, second] = progress.milestones[0]?.tasks ?? []
    expect(first?.updated_at).toBe(new Date(START).toISOString())
    expect(second?.updated_at).toBe(new Date(START + 1_000).toISOString())
    const reopened = mark(plan, [...marks, ...fresh], { kind: 'milestone', id: 'm1', state: 'todo' })
    expect(reopened.changes.map(({ task_id, state }) => [task_id, state])).toEqual([
      ['a', 'todo'],
      ['b', 'todo'],
      [null, 'todo'],
    ])
  })

  test('lets a student be still at a milestone whose tasks are done, until a task is marked again', () => {
    const plan = planOf(['a', 'b'])
    const done = markAll(plan, [{ kind: 'milestone', id: 'm1', state: 'done' }])
    const still = markAll(plan, [{ kind: 'milestone', id: 'm1', state: 'doing' }], done)
    expect(show(plan, still)).toMatchObject({ done_tasks: 2, milestones: [{ state: 'doing' }] })
    const over = markAll(
      plan,
      [
        { kind: 'task', id: 'b', state: 'doing' },
        { kind: 'task', id: 'b', state: 'done' },
      ],
      still,
    )
    expect(show(plan, over).milestones[0]?.state).toBe('done')
  })

  test('knows no id that the plan does not have, nor a task by the name of a milestone', () => {
    const options = { generation: GENERATION, at: new Date(START) }
    const plan = planOf(['a'])
    for (const asked of [
      { kind: 'task', id: 'z', state: 'done' },
      { kind: 'task', id: 'm1', state: 'done' },
      { kind: 'milestone', id: 'a', state: 'doing' },
    ] as const)
      expect(markPlan(plan, [], asked, options)).toBeUndefined()
  })
})
