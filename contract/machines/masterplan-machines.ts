import type { Machine } from './machine.ts'

export type PlanState =
  | 'draft'
  | 'approved'
  | 'rejected'
  | 'in_progress'
  | 'paused'
  | 'completed'
  | 'failed'
  | 'cancelled'
export type PlanEvent =
  | 'approve'
  | 'reject'
  | 'execute'
  | 'pause'
  | 'resume'
  | 'complete'
  | 'fail'
  | 'cancel'
  | 'supersede'
  | 'retry'
  | 'reopen'

/**
 * A masterplan under review and in execution. `supersede` is a reprocess of its assignment, the one thing that cancels
 * a draft; `retry` takes up a failed plan, `reopen` follows the retry of one task.
 */
export const PLAN: Machine<PlanState, PlanEvent> = {
  initial: 'draft',
  states: ['draft', 'approved', 'rejected', 'in_progress', 'paused', 'completed', 'failed', 'cancelled'],
  moves: [
    { from: 'draft', on: 'approve', to: 'approved', kind: 'advance' },
    { from: 'draft', on: 'reject', to: 'rejected', kind: 'advance' },
    { from: 'draft', on: 'supersede', to: 'cancelled', kind: 'reprocess' },
    { from: 'approved', on: 'execute', to: 'in_progress', kind: 'advance' },
    { from: 'approved', on: 'reject', to: 'rejected', kind: 'advance' },
    { from: 'approved', on: 'cancel', to: 'cancelled', kind: 'operator' },
    { from: 'approved', on: 'supersede', to: 'cancelled', kind: 'reprocess' },
    { from: 'in_progress', on: 'pause', to: 'paused', kind: 'operator' },
    { from: 'in_progress', on: 'complete', to: 'completed', kind: 'advance' },
    { from: 'in_progress', on: 'fail', to: 'failed', kind: 'fail' },
    { from: 'in_progress', on: 'cancel', to: 'cancelled', kind: 'operator' },
    { from: 'in_progress', on: 'supersede', to: 'cancelled', kind: 'reprocess' },
    { from: 'paused', on: 'resume', to: 'in_progress', kind: 'operator' },
    { from: 'paused', on: 'cancel', to: 'cancelled', kind: 'operator' },
    { from: 'paused', on: 'supersede', to: 'cancelled', kind: 'reprocess' },
    { from: 'completed', on: 'reopen', to: 'in_progress', kind: 'retry' },
    { from: 'failed', on: 'retry', to: 'in_progress', kind: 'retry' },
    { from: 'failed', on: 'reopen', to: 'in_progress', kind: 'retry' },
    { from: 'failed', on: 'reject', to: 'rejected', kind: 'advance' },
  ],
}

export type TaskState =
  | 'pending'
  | 'ready'
  | 'in_progress'
  | 'validating'
  | 'completed'
  | 'failed'
  | 'blocked'
  | 'skipped'
export type TaskEvent =
  | 'release'
  | 'start'
  | 'submit'
  | 'pass'
  | 'try_again'
  | 'fail'
  | 'block'
  | 'unblock'
  | 'retry'
  | 'skip'

/** One task of a masterplan. `try_again` is the automatic retry, `retry` the one a person asks for. */
export const TASK: Machine<TaskState, TaskEvent> = {
  initial: 'pending',
  states: ['pending', 'ready', 'in_progress', 'validating', 'completed', 'failed', 'blocked', 'skipped'],
  moves: [
    { from: 'pending', on: 'release', to: 'ready', kind: 'advance' },
    { from: 'pending', on: 'block', to: 'blocked', kind: 'fail' },
    { from: 'pending', on: 'skip', to: 'skipped', kind: 'operator' },
    { from: 'ready', on: 'start', to: 'in_progress', kind: 'advance' },
    { from: 'ready', on: 'skip', to: 'skipped', kind: 'operator' },
    { from: 'in_progress', on: 'submit', to: 'validating', kind: 'advance' },
    { from: 'in_progress', on: 'fail', to: 'failed', kind: 'fail', when: 'retries_spent' },
    { from: 'in_progress', on: 'skip', to: 'skipped', kind: 'operator' },
    { from: 'validating', on: 'pass', to: 'completed', kind: 'advance' },
    { from: 'validating', on: 'try_again', to: 'in_progress', kind: 'retry', when: 'retries_left' },
    { from: 'validating', on: 'fail', to: 'failed', kind: 'fail', when: 'retries_spent' },
    { from: 'validating', on: 'skip', to: 'skipped', kind: 'operator' },
    { from: 'failed', on: 'retry', to: 'pending', kind: 'retry' },
    { from: 'blocked', on: 'unblock', to: 'pending', kind: 'retry' },
    { from: 'blocked', on: 'skip', to: 'skipped', kind: 'operator' },
  ],
}
