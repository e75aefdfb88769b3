import { describe, expect, test } from 'vitest'

import { decideStep } from './decide-step.ts'

const wanted = { generation: 2, job_status: 'RUNNING' } as const

describe('decideStep()', () => {
  test('starts what Temporal does not know', () => {
    expect(decideStep({ kind: 'none' }, wanted)).toBe('start')
  })
  test('leaves the run alone that is under way, and any newer one', () => {
    expect(decideStep({ kind: 'open', generation: 2 }, wanted)).toBe('leave')
    expect(decideStep({ kind: 'open', generation: 3 }, wanted)).toBe('leave')
    expect(decideStep({ kind: 'closed', generation: 3, status: 'TERMINATED' }, wanted)).toBe('leave')
  })
  test('replaces a run of an older generation, open or closed', () => {
    expect(decideStep({ kind: 'open', generation: 1 }, wanted)).toBe('replace')
    expect(decideStep({ kind: 'closed', generation: 1, status: 'COMPLETED' }, wanted)).toBe('start')
  })
  test.each(['TERMINATED', 'TIMED_OUT', 'FAILED', 'CANCELLED'])(
    'closes the rows of a run that ended as %s',
    (status) => {
      expect(decideStep({ kind: 'closed', generation: 2, status }, wanted)).toBe('close')
    },
  )
  test('starts a job that never began, whatever became of the run before it', () => {
    const found = { kind: 'closed', generation: 2, status: 'TERMINATED' } as const
    expect(decideStep(found, { generation: 2, job_status: 'PENDING' })).toBe('start')
  })
})
