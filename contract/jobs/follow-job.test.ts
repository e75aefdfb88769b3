import fc from 'fast-check'
import { expect, test } from 'vitest'

import { allowedMoves, isTerminalJob, MACHINES, next, type StateOf } from '../machines.ts'
import { followJob } from './follow-job.ts'

const workerStates = fc.constantFrom(...MACHINES.worker.states)
const jobStates = fc.constantFrom(...MACHINES.job.states)

/** Where a worker stands after all that its job brings on it; throws where the table forbids a step. */
function follow(from: StateOf<'worker'>, job: StateOf<'job'>): StateOf<'worker'> {
  let state = from
  for (const event of followJob(from, job)) {
    const step = next('worker', state, event)
    if (step.kind === 'refused') throw new TypeError(`${state} refuses ${event}`)
    state = step.to
  }
  return state
}

test('whatever a job does, its worker follows by moves that its table allows', () => {
  fc.assert(
    fc.property(workerStates, jobStates, (worker, job) => {
      const after = follow(worker, job)
      const isOver = (state: StateOf<'worker'>): boolean => allowedMoves('worker', state).length === 0
      expect(isOver(after)).toBe(isOver(worker) || isTerminalJob(job))
      expect(isOver(worker) && after !== worker).toBe(false)
    }),
  )
})

test('a worker is paused and taken up by nobody but a person', () => {
  fc.assert(
    fc.property(workerStates, jobStates, (worker, job) => {
      fc.pre(!isTerminalJob(job))
      expect(follow(worker, job) === 'PAUSED').toBe(worker === 'PAUSED')
    }),
  )
})

test('a canceled job terminates its worker, one that ended carries its end', () => {
  expect(follow('IDLE', 'CANCELED')).toBe('TERMINATED')
  expect(follow('PAUSED', 'CANCELED')).toBe('TERMINATED')
  expect(follow('PAUSED', 'COMPLETED')).toBe('COMPLETED')
  expect(follow('RUNNING', 'FAILED')).toBe('FAILED')
})
