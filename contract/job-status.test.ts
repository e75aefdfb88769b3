import fc from 'fast-check'
import { expect, test } from 'vitest'

import { feedbackStatus } from './job-status.ts'
import { isTerminalJob, MACHINES, mayMove, type JobState } from './machines.ts'

const STATES = MACHINES.job.states

test('a job that is submitted shows as pending, every other state by its own name', () => {
  for (const state of STATES)
    expect(feedbackStatus(state)).toBe(state === 'SUBMITTED' ? 'pending' : state.toLowerCase())
})

test('no lawful way through the job machine leads back to a word that was left', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...STATES), { maxLength: 12 }), (wishes) => {
      let state: JobState = 'SUBMITTED'
      const words = [feedbackStatus(state)]
      for (const wish of wishes) {
        if (!mayMove('job', state, wish)) continue
        state = wish
        if (words.at(-1) !== feedbackStatus(state)) words.push(feedbackStatus(state))
      }
      expect(new Set(words).size).toBe(words.length)
      const isOver = ['completed', 'failed', 'canceled'].includes(words.at(-1) ?? '')
      expect(isOver).toBe(isTerminalJob(state))
    }),
  )
})
