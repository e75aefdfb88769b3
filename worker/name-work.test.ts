import { expect, test } from 'vitest'

import { nameWork } from './name-work.ts'

test('an activity is named by the narrowest thing it works at, and by nothing where it names none', () => {
  expect(nameWork([{ workspace_id: 'w', generation: 1, job_id: 'j_1', max_attempts: 3 }])).toEqual({
    kind: 'job',
    id: 'j_1',
  })
  expect(nameWork([{ masterplan_id: 'm', task_id: 't', attempt: 1 }])).toEqual({ kind: 'task', id: 't' })
  expect(nameWork([{ workflow_id: 'b', state: 'testing' }])).toEqual({ kind: 'workflow', id: 'b' })
  for (const args of [[], [null], ['j_1'], [{ masterplan_id: 'm' }]]) expect(nameWork(args)).toBeUndefined()
})
