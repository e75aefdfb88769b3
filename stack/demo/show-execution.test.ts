import { PassThrough } from 'node:stream'

import { describe, expect, test } from 'vitest'

import { StreamEvent } from '../../contract/events.ts'
import { countOf, createExecutionView, isWorthSaying } from './show-execution.ts'

const id = '7a0f2a40-6d0e-4a7e-9f0e-2b6f3a1f2c11'
const envelope = {
  seq: 1,
  stream: 'masterplan',
  workspace_id: id,
  job_id: 'j_0123456789ab',
  generation: 1,
  stage: null,
  status: 'running',
  progress: 20,
  timestamp: '2026-11-28T10:00:00.000Z',
}

function progress(status: 'ready' | 'in_progress' | 'validating'): StreamEvent {
  const where = { masterplan_id: id, task_id: id, phase_id: id, milestone_id: id }
  return StreamEvent.parse({
    ...envelope,
    event_type: 'task_execution_progress',
    message: 'Task 2 of 5 is at work: Find material.',
    payload: { ...where, task_number: 2, status, description: 'Find', current_task: id, total_tasks: 5 },
  })
}

const completed = StreamEvent.parse({
  ...envelope,
  event_type: 'task_execution_complete',
  message: 'Task 1 of 5 is completed: Read.',
  payload: {
    masterplan_id: id,
    task_id: id,
    status: 'completed',
    output_files: ['setup/001-read.md'],
    completed_tasks: 1,
    total_tasks: 5,
  },
})

describe('an execution as it is shown', () => {
  test('counts completed tasks where an event tells them', () => {
    expect(countOf(completed)).toEqual({ completed: 1, total: 5 })
    expect(countOf(progress('in_progress'))).toBeNull()
  })

  test('names a task when it begins and when it ends, and leaves out the steps between', () => {
    expect(isWorthSaying(progress('in_progress'))).toBe(true)
    expect(isWorthSaying(completed)).toBe(true)
    expect(isWorthSaying(progress('ready'))).toBe(false)
    expect(isWorthSaying(progress('validating'))).toBe(false)
  })

  test('prints a line per task where there is no terminal, with the count so far', () => {
    const out = new PassThrough()
    using view = createExecutionView(Object.assign(out, { isTTY: false }) as unknown as NodeJS.WriteStream)
    for (const event of [completed, progress('ready'), progress('in_progress')]) view.show(event)
    expect(String(out.read()).split('\n')).toEqual([
      '     1 of 5  Task 1 of 5 is completed: Read.',
      '     1 of 5  Task 2 of 5 is at work: Find material.',
      '',
    ])
  })
})
