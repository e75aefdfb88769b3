import fc, { type GeneratorValue } from 'fast-check'
import { describe, expect, test } from 'vitest'

import { mayMove, next } from '../machines.ts'
import type { PlanEvent, PlanState } from '../machines/masterplan-machines.ts'
import { planAfterTaskRetry } from './plan-controls.ts'
import { countTasks, currentTask, progressPercent, wholePercent } from './plan-progress.ts'
import { isPlanFinished, tasksToStart } from './plan-run.ts'
import * as effects from './task-effects.ts'
import { byNumber, orderTasks, type TaskFacts } from './task-facts.ts'

const MAX_PARALLEL = 4

/** A set of tasks without circles whose numbers say nothing about what waits for what. */
function anyTasks(g: GeneratorValue, size: number): readonly TaskFacts[] {
  const numbers = g(fc.shuffledSubarray, [...Array(size).keys()], { minLength: size })
  return numbers.map((number, place) => ({
    task_id: `t${place}`,
    task_number: number + 1,
    status: 'pending',
    depends_on_tasks:
      place === 0 ? [] : [...new Set(g(fc.array, fc.nat(place - 1), { maxLength: 3 }))].map((to) => `t${to}`),
    blocked_by: [],
    retry_count: 0,
    max_retries: g(fc.nat, 2),
    manual_retries: 0,
  }))
}

type Ancestors = ReadonlyMap<string, ReadonlySet<string>>

function ancestorsOf(tasks: readonly TaskFacts[]): Ancestors {
  const ancestors = new Map<string, ReadonlySet<string>>()
  for (const { task_id, depends_on_tasks } of tasks) {
    ancestors.set(task_id, new Set(depends_on_tasks.flatMap((id) => [id, ...(ancestors.get(id) ?? [])])))
  }
  return ancestors
}

/** A plan in execution that notes everything that is not as it must be. */
class Run {
  plan: PlanState = 'in_progress'
  tasks: readonly TaskFacts[]
  readonly started: string[] = []
  readonly faults: string[] = []
  readonly ancestors: Ancestors

  constructor(tasks: readonly TaskFacts[]) {
    this.ancestors = ancestorsOf(tasks)
    this.tasks = tasks
    this.apply(effects.releaseTasks(tasks))
  }

  demand(holds: boolean, what: () => string): void {
    if (!holds) this.faults.push(what())
  }

  apply(decision: effects.TaskDecision<TaskFacts>): effects.TaskEffect<TaskFacts> {
    if (decision.kind === 'refused') throw new TypeError(`refused: ${decision.why}`)
    const changed = new Map(decision.changes.map(({ before, after }) => [before, after]))
    const isTold = this.tasks.every((task, place) => decision.tasks[place] === (changed.get(task) ?? task))
    this.demand(isTold && decision.tasks.length === this.tasks.length, () => 'the changes are what changed')
    for (const { before, after, kind } of decision.changes) {
      const lawful =
        before.status === after.status ? kind === null : mayMove('task', before.status, after.status)
      this.demand(lawful, () => `${before.task_id} may go from ${before.status} to ${after.status}`)
    }
    this.tasks = decision.tasks
    this.checkTasks()
    this.checkCounts()
    return decision
  }

  steer(event: PlanEvent): void {
    const step = next('plan', this.plan, event)
    if (step.kind === 'moved') this.plan = step.to
  }

  checkTasks(): void {
    const statusOf = new Map(this.tasks.map(({ task_id, status }) => [task_id, status]))
    const failed = this.tasks.filter(({ status }) => status === 'failed').toSorted(byNumber)
    for (const { task_id, status, ...task } of this.tasks) {
      const over = this.ancestors.get(task_id)
      const blockers = failed.map(({ task_id }) => task_id).filter((id) => over?.has(id))
      const mayRun = task.depends_on_tasks.every((id) => statusOf.get(id) === 'completed')
      const hasBegun = !['pending', 'blocked', 'skipped'].includes(status)
      this.demand(mayRun || !hasBegun, () => `${task_id} is ${status} after all it depends on`)
      this.demand(status !== 'pending' || blockers.length === 0, () => `${task_id} is blocked`)
      const named = status === 'blocked' ? blockers.join() : ''
      this.demand(task.blocked_by.join() === named, () => `${task_id} is blocked by ${named}`)
      this.demand(status !== 'blocked' || named !== '', () => `${task_id} is blocked by something`)
      this.demand(task.retry_count <= task.max_retries, () => `${task_id} is tried ${task.retry_count} times`)
    }
  }

  checkCounts(): void {
    const { total_tasks, ...others } = countTasks(this.tasks)
    const sum = Object.values(others).reduce((sum, count) => sum + count, 0)
    this.demand(sum === total_tasks && total_tasks === this.tasks.length, () => 'the counters add up')
    this.demand(others.running_tasks <= MAX_PARALLEL, () => 'no more run than may')
    const exact = (others.completed_tasks * 100) / total_tasks
    const told = progressPercent({ total_tasks, ...others }, 'in_progress')
    this.demand(Math.abs(exact - told) <= 0.05 + Number.EPSILON * 100, () => 'progress is right')
    this.demand(told < 100 || others.completed_tasks === total_tasks, () => '100 is the end')
  }

  start(): void {
    const [task] = tasksToStart(this.plan, this.tasks, MAX_PARALLEL)
    if (task === undefined) return
    this.started.push(task.task_id)
    this.apply(effects.startTask(this.tasks, task.task_id))
  }

  /** Takes one running task a step on, or lets its attempt fail. */
  work(pick: number, fails: boolean, can_help: boolean): void {
    const running = this.tasks.filter(({ status }) => status === 'in_progress' || status === 'validating')
    const task = running[pick % running.length]
    if (task === undefined) return
    if (fails) this.apply(effects.failAttempt(this.tasks, task.task_id, { can_help }))
    else if (task.status === 'in_progress') this.apply(effects.submitTask(this.tasks, task.task_id))
    else this.apply(effects.completeTask(this.tasks, task.task_id))
  }

  retry(pick: number): void {
    const failed = this.tasks.filter(({ status }) => status === 'failed')
    const task = failed[pick % failed.length]
    const plan = planAfterTaskRetry(this.plan)
    if (task === undefined || plan === null) return
    const before = this.tasks
    const effect = this.apply(effects.retryTask(before, task.task_id))
    const waited = before.filter(({ blocked_by }) => blocked_by.join() === task.task_id)
    const reopened = effects.reopenedTasks(effect)
    this.demand(namesOf(reopened) === namesOf(waited), () => `${task.task_id} reopens ${namesOf(waited)}`)
    const again = this.tasks.find(({ task_id }) => task_id === task.task_id)
    const isFresh = again?.retry_count === 0 && again.manual_retries === task.manual_retries + 1
    this.demand(isFresh && again.status === 'pending', () => `${task.task_id} begins afresh`)
    this.plan = plan
    this.apply(effects.releaseTasks(this.tasks))
  }

  /** Works on to the end, every third attempt failing when `fails`. */
  finish(fails: boolean): void {
    this.steer('resume')
    for (let step = 0; !isPlanFinished(this.plan, this.tasks); step += 1) {
      if (step > this.tasks.length * 20) throw new TypeError('the run does not end')
      this.start()
      this.work(step, fails && step % 3 === 0, step % 2 === 0)
    }
    this.steer('complete')
  }
}

const namesOf = (tasks: readonly TaskFacts[]) => tasks.map(({ task_id }) => task_id).join()

function stepAtRandom(run: Run, g: GeneratorValue): void {
  const [dice, pick] = [g(fc.nat, 99), g(fc.nat, 200)]
  if (dice < 35) run.start()
  else if (dice < 78) run.work(pick, false, true)
  else if (dice < 90) run.work(pick, true, pick % 3 > 0)
  else if (dice < 95) run.retry(pick)
  else run.steer(dice < 97 ? 'pause' : 'resume')
}

// Runs end on the first failure: to shrink a run of 200 tasks takes longer than to read it from its seed.
const anySize = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 100, max: 200 }))

describe('a plan of up to 200 tasks in execution', () => {
  test('M20, M28, M30 starts no task before all it depends on, goes on with the independent ones, never runs a dependent of a failed one, adds up at every moment, and ends', () => {
    fc.assert(
      fc.property(fc.gen(), anySize, (g, size) => {
        const run = new Run(anyTasks(g, size))
        for (let step = 0; step < size * 3; step += 1) stepAtRandom(run, g)
        run.finish(true)
        expect(run.faults).toEqual([])
        expect(run.plan).toBe('completed')
        for (const { task_id, status } of run.tasks) {
          const failedBefore = run.tasks.some(
            (other) => other.status === 'failed' && run.ancestors.get(task_id)?.has(other.task_id),
          )
          expect(['failed', failedBefore ? 'blocked' : 'completed']).toContain(status)
        }
      }),
      { numRuns: 25, endOnFailure: true },
    )
  })

  test('M28 cancel skips every open task and touches no other, at whatever moment it comes', () => {
    fc.assert(
      fc.property(fc.gen(), anySize, (g, size) => {
        const run = new Run(anyTasks(g, size))
        for (let step = g(fc.nat, size * 4); step > 0; step -= 1) stepAtRandom(run, g)
        const before = new Map(run.tasks.map((task) => [task.task_id, task]))
        run.steer('cancel')
        expect(run.plan).toBe('cancelled')
        run.apply(effects.cancelTasks(run.tasks))
        for (const task of run.tasks) {
          const old = before.get(task.task_id)
          const over = old?.status === 'completed' || old?.status === 'failed'
          expect(over ? task === old : task.status === 'skipped').toBe(true)
        }
        expect(run.faults).toEqual([])
        expect(tasksToStart(run.plan, run.tasks, MAX_PARALLEL)).toEqual([])
      }),
      { numRuns: 20, endOnFailure: true },
    )
  })

  test('M33 a completed plan with failures comes to its whole end once every failed task is tried again', () => {
    fc.assert(
      fc.property(fc.gen(), anySize, (g, size) => {
        const run = new Run(anyTasks(g, size))
        run.finish(true)
        const failed = countTasks(run.tasks).failed_tasks
        run.apply(effects.retryFailedTasks(run.tasks))
        expect(countTasks(run.tasks)).toMatchObject({ failed_tasks: 0, blocked_tasks: 0 })
        run.steer('reopen')
        run.apply(effects.releaseTasks(run.tasks))
        run.finish(false)
        expect(run.faults).toEqual([])
        expect(countTasks(run.tasks).completed_tasks).toBe(size)
        expect(progressPercent(countTasks(run.tasks), run.plan)).toBe(100)
        const retried = run.tasks.filter(({ manual_retries }) => manual_retries === 1)
        expect(retried.length).toBe(failed)
      }),
      { numRuns: 25, endOnFailure: true },
    )
  })

  test('M20 Tasks run in dependency order, the lower number first: one at a time, exactly as orderTasks() says', () => {
    fc.assert(
      fc.property(fc.gen(), anySize, (g, size) => {
        const run = new Run(anyTasks(g, size))
        for (let turn = 0; turn < size; turn += 1) {
          run.start()
          run.work(0, false, true)
          run.work(0, false, true)
        }
        expect(run.started).toEqual(orderTasks(run.tasks).map(({ task_id }) => task_id))
      }),
      { numRuns: 25, endOnFailure: true },
    )
  })
})

describe('pause and bounds', () => {
  const six = Array.from({ length: 6 }, (_, place): TaskFacts => ({
    task_id: `t${place}`,
    task_number: 6 - place,
    status: 'pending',
    depends_on_tasks: [],
    blocked_by: [],
    retry_count: 0,
    max_retries: 1,
    manual_retries: 0,
  }))

  test('M28 Pause starts no new task and lets the running ones end; resume goes on', () => {
    const run = new Run(six)
    run.start()
    run.steer('pause')
    run.start()
    expect(run.started).toEqual(['t5'])
    run.work(0, false, true)
    run.work(0, false, true)
    expect(run.tasks.find(({ task_id }) => task_id === 't5')?.status).toBe('completed')
    expect(isPlanFinished('paused', [])).toBe(false)
    run.steer('resume')
    run.start()
    expect(run.started).toEqual(['t5', 't4'])
  })

  test('no more tasks run at once than allowed, and the current one is the lowest-numbered of them', () => {
    const run = new Run(six)
    expect(currentTask(run.tasks)).toBeNull()
    for (let turn = 0; turn < 6; turn += 1) run.start()
    expect(run.started).toEqual(['t5', 't4', 't3', 't2'])
    expect(tasksToStart('in_progress', run.tasks, 1)).toEqual([])
    expect(currentTask(run.tasks)?.task_id).toBe('t5')
  })

  test('an empty plan is finished at once, with progress 100 when it is completed', () => {
    expect(isPlanFinished('in_progress', effects.releaseTasks([]).tasks)).toBe(true)
    expect(progressPercent(countTasks([]), 'draft')).toBe(0)
    expect(progressPercent(countTasks([]), 'completed')).toBe(100)
  })

  test('199 of 200 completed is not yet 100', () => {
    expect(progressPercent({ completed_tasks: 199, total_tasks: 200 }, 'in_progress')).toBe(99.5)
    expect(progressPercent({ completed_tasks: 1999, total_tasks: 2000 }, 'in_progress')).toBe(99.9)
    expect(progressPercent({ completed_tasks: 5, total_tasks: 42 }, 'in_progress')).toBe(11.9)
  })

  test('1 of 7 is 14.3 where it is read, and whole percent that never run ahead where it is told', () => {
    expect(progressPercent({ completed_tasks: 1, total_tasks: 7 }, 'in_progress')).toBe(14.3)
    expect(wholePercent({ completed_tasks: 1, total_tasks: 7 }, 'in_progress')).toBe(14)
    expect(wholePercent({ completed_tasks: 2999, total_tasks: 3000 }, 'in_progress')).toBe(99)
    expect(wholePercent(countTasks([]), 'completed')).toBe(100)
  })
})
