import { describe, expect, test } from 'vitest'

import type { TaskState } from '../machines/masterplan-machines.ts'
import {
  cancelTasks,
  completeTask,
  failAttempt,
  reopenedTasks,
  retryFailedTasks,
  retryTask,
  startTask,
  submitTask,
  type TaskDecision,
  type TaskEffect,
} from './task-effects.ts'
import { findTaskCircle, orderTasks, type TaskFacts } from './task-facts.ts'

type Sketch = readonly [status: TaskState, ...needs: readonly string[]]

const draw = (sketches: Readonly<Record<string, Sketch>>): readonly TaskFacts[] =>
  Object.entries(sketches).map(([task_id, [status, ...depends_on_tasks]], place) => ({
    task_id,
    task_number: place + 1,
    status,
    depends_on_tasks,
    blocked_by: [],
    retry_count: 0,
    max_retries: 1,
    manual_retries: 0,
  }))

function done<T extends TaskFacts>(decision: TaskDecision<T>): TaskEffect<T> {
  if (decision.kind === 'changed') return decision
  throw new TypeError(decision.why)
}
const told = ({ changes }: TaskEffect<TaskFacts>) =>
  changes.map(({ before, after, kind }) => `${after.task_id} ${before.status} → ${after.status} ${kind}`)
const factsOf = ({ tasks }: TaskEffect<TaskFacts>, id: string) => tasks.find(({ task_id }) => task_id === id)

describe('completeTask()', () => {
  test('makes ready what waited for it alone, and nothing that waits for others too', () => {
    const tasks = draw({
      a: ['validating'],
      b: ['in_progress'],
      c: ['pending', 'a'],
      d: ['pending', 'a', 'b'],
    })
    expect(told(done(completeTask(tasks, 'a')))).toEqual([
      'a validating → completed advance',
      'c pending → ready advance',
    ])
  })

  test('releases nothing that depends on a task nobody knows', () => {
    const effect = done(completeTask(draw({ a: ['validating'], b: ['pending', 'a', 'ghost'] }), 'a'))
    expect(factsOf(effect, 'b')?.status).toBe('pending')
  })
})

describe('failAttempt()', () => {
  test('M22 Automatic retry happens below max_retries and not at it: exhausted gives failed', () => {
    const first = done(failAttempt(draw({ a: ['validating'] }), 'a', { can_help: true }))
    expect(told(first)).toEqual(['a validating → in_progress retry'])
    expect(factsOf(first, 'a')).toMatchObject({ retry_count: 1, manual_retries: 0 })
    const second = done(failAttempt(first.tasks, 'a', { can_help: true }))
    expect(told(second)).toEqual(['a in_progress → failed fail'])
    expect(factsOf(second, 'a')).toMatchObject({ retry_count: 1 })
  })

  test('in progress, an automatic retry counts without a change of state', () => {
    const effect = done(failAttempt(draw({ a: ['in_progress'] }), 'a', { can_help: true }))
    expect(told(effect)).toEqual(['a in_progress → in_progress null'])
    expect(factsOf(effect, 'a')?.retry_count).toBe(1)
  })

  test('does not try again what trying cannot help', () => {
    const effect = done(failAttempt(draw({ a: ['in_progress'] }), 'a', { can_help: false }))
    expect(factsOf(effect, 'a')).toMatchObject({ status: 'failed', retry_count: 0 })
  })

  test('M30 A failed task blocks its dependents, near and far, by name, and no independent task', () => {
    const tasks = draw({
      a: ['in_progress'],
      b: ['pending', 'a'],
      c: ['pending', 'b'],
      d: ['ready'],
      e: ['pending', 'd'],
    })
    const effect = done(failAttempt(tasks, 'a', { can_help: false }))
    expect(told(effect)).toEqual([
      'a in_progress → failed fail',
      'b pending → blocked fail',
      'c pending → blocked fail',
    ])
    expect(factsOf(effect, 'c')?.blocked_by).toEqual(['a'])
  })

  test('a second failure is added to what blocks a task, without a change of its state', () => {
    const tasks = draw({ a: ['in_progress'], b: ['in_progress'], c: ['pending', 'b', 'a'] })
    const first = done(failAttempt(tasks, 'b', { can_help: false }))
    const second = done(failAttempt(first.tasks, 'a', { can_help: false }))
    expect(told(second)).toEqual(['a in_progress → failed fail', 'c blocked → blocked null'])
    expect(factsOf(second, 'c')?.blocked_by).toEqual(['a', 'b'])
  })
})

describe('retries by a person', () => {
  const failing = () => {
    const tasks = draw({
      a: ['validating'],
      b: ['in_progress'],
      c: ['pending', 'a'],
      d: ['pending', 'a', 'b'],
      e: ['pending', 'c'],
    })
    const first = done(failAttempt(tasks, 'a', { can_help: true }))
    const second = done(failAttempt(first.tasks, 'a', { can_help: true }))
    return done(failAttempt(second.tasks, 'b', { can_help: false })).tasks
  }

  test('M33 Task retry sets pending with fresh automatic retries and reopens the dependents it alone blocked', () => {
    const effect = done(retryTask(failing(), 'a'))
    expect(factsOf(effect, 'a')).toMatchObject({ status: 'pending', retry_count: 0, manual_retries: 1 })
    expect(reopenedTasks(effect).map(({ task_id }) => task_id)).toEqual(['c', 'e'])
    expect(factsOf(effect, 'd')).toMatchObject({ status: 'blocked', blocked_by: ['b'] })
    expect(told(effect)).toContain('c blocked → pending retry')
  })

  test('all failed tasks can be tried again at once, after which nothing is blocked', () => {
    const effect = retryFailedTasks(failing())
    expect(effect.tasks.map(({ status }) => status)).toEqual(Array(5).fill('pending'))
    expect(effect.tasks.map(({ manual_retries }) => manual_retries)).toEqual([1, 1, 0, 0, 0])
    expect(effect.tasks.flatMap(({ blocked_by }) => blocked_by)).toEqual([])
  })
})

test('cancelTasks() skips what is open and keeps what is over', () => {
  const tasks = draw({
    a: ['completed'],
    b: ['failed'],
    c: ['pending'],
    d: ['ready'],
    e: ['in_progress'],
    f: ['validating'],
    g: ['blocked', 'b'],
  })
  const { tasks: after, changes } = cancelTasks(tasks)
  expect(after.map(({ status }) => status)).toEqual(['completed', 'failed', ...Array(5).fill('skipped')])
  expect(changes.length).toBe(5)
})

test('rows keep what else they hold', () => {
  const [task] = draw({ a: ['ready'] }).map((task) => ({ ...task, slug: 'outline' }))
  const effect = done(startTask(task === undefined ? [] : [task], 'a'))
  expect(effect.tasks[0]).toMatchObject({ slug: 'outline', status: 'in_progress' })
})

test('an event that the state of a task does not know, or about a task nobody knows, is refused with the way out', () => {
  const tasks = draw({ a: ['pending'], b: ['completed'] })
  expect(startTask(tasks, 'a')).toMatchObject({
    kind: 'refused',
    why: 'not_listed',
    current_state: 'pending',
    allowed: ['ready', 'blocked', 'skipped'],
  })
  expect(retryTask(tasks, 'b')).toMatchObject({ kind: 'refused', current_state: 'completed', allowed: [] })
  expect(submitTask(tasks, 'ghost')).toMatchObject({ kind: 'refused', why: 'unknown_task' })
  expect(failAttempt(tasks, 'ghost', { can_help: true })).toMatchObject({ why: 'unknown_task' })
  expect(failAttempt(tasks, 'a', { can_help: true })).toMatchObject({
    kind: 'refused',
    current_state: 'pending',
  })
})

describe('findTaskCircle()', () => {
  test('M21 A cycle is told with an error containing "circular", by the numbers of its tasks', () => {
    const tasks = draw({ a: ['pending'], b: ['pending', 'a', 'd'], c: ['pending', 'b'], d: ['pending', 'c'] })
    const circle = findTaskCircle(tasks)
    expect(circle?.code).toBe('CIRCULAR_DEPENDENCY')
    expect(circle?.message).toContain('circular')
    expect(circle?.message).toContain('2 → 4 → 3 → 2')
    expect(circle?.task_ids).toEqual(['b', 'd', 'c', 'b'])
  })

  test('finds none in a plan that can be worked through', () => {
    expect(findTaskCircle(draw({ a: ['pending', 'b'], b: ['pending'] }))).toBeNull()
  })
})

test('orderTasks() goes by number where dependencies leave a choice, whatever order the rows come in', () => {
  const tasks = draw({
    a: ['pending', 'd'],
    b: ['pending'],
    c: ['pending'],
    d: ['pending', 'c'],
  }).toReversed()
  expect(orderTasks(tasks).map(({ task_id }) => task_id)).toEqual(['b', 'c', 'd', 'a'])
})
