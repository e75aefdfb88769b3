import type { Machine } from './machine.ts'

export type WorkspaceState = 'idle' | 'running' | 'ready' | 'failed'
export type WorkspaceEvent = 'start' | 'finish' | 'fail' | 'retry' | 'reprocess'

/** An assignment's workspace. A reprocess always brings a new generation, which is what lets running follow running. */
export const WORKSPACE: Machine<WorkspaceState, WorkspaceEvent> = {
  initial: 'idle',
  states: ['idle', 'running', 'ready', 'failed'],
  moves: [
    { from: 'idle', on: 'start', to: 'running', kind: 'advance' },
    { from: 'running', on: 'finish', to: 'ready', kind: 'advance' },
    { from: 'running', on: 'fail', to: 'failed', kind: 'fail' },
    { from: 'running', on: 'reprocess', to: 'running', kind: 'reprocess' },
    { from: 'ready', on: 'reprocess', to: 'running', kind: 'reprocess' },
    { from: 'failed', on: 'retry', to: 'running', kind: 'retry' },
    { from: 'failed', on: 'reprocess', to: 'running', kind: 'reprocess' },
  ],
}

export type JobState = 'SUBMITTED' | 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED'
export type JobEvent = 'accept' | 'start' | 'complete' | 'fail' | 'cancel'

/** One durable run of anything. A retry is a new job, so nothing leads out of an ended one. */
export const JOB: Machine<JobState, JobEvent> = {
  initial: 'SUBMITTED',
  states: ['SUBMITTED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED'],
  moves: [
    { from: 'SUBMITTED', on: 'accept', to: 'PENDING', kind: 'advance' },
    { from: 'SUBMITTED', on: 'cancel', to: 'CANCELED', kind: 'operator' },
    { from: 'PENDING', on: 'start', to: 'RUNNING', kind: 'advance' },
    { from: 'PENDING', on: 'cancel', to: 'CANCELED', kind: 'operator' },
    { from: 'RUNNING', on: 'complete', to: 'COMPLETED', kind: 'advance' },
    { from: 'RUNNING', on: 'fail', to: 'FAILED', kind: 'fail' },
    { from: 'RUNNING', on: 'cancel', to: 'CANCELED', kind: 'operator' },
  ],
}

/** The states a job ends in: nothing leads out of them. */
export const ENDED_JOB_STATES = ['COMPLETED', 'FAILED', 'CANCELED'] as const satisfies readonly JobState[]

export type WorkerState = 'IDLE' | 'RUNNING' | 'PAUSED' | 'COMPLETED' | 'FAILED' | 'TERMINATED'
export type WorkerEvent = 'start' | 'pause' | 'resume' | 'complete' | 'fail' | 'terminate'

/** The supervised execution of one job. Its job stays RUNNING while it is paused. */
export const WORKER: Machine<WorkerState, WorkerEvent> = {
  initial: 'IDLE',
  states: ['IDLE', 'RUNNING', 'PAUSED', 'COMPLETED', 'FAILED', 'TERMINATED'],
  moves: [
    { from: 'IDLE', on: 'start', to: 'RUNNING', kind: 'advance' },
    { from: 'IDLE', on: 'terminate', to: 'TERMINATED', kind: 'operator' },
    { from: 'RUNNING', on: 'pause', to: 'PAUSED', kind: 'operator' },
    { from: 'RUNNING', on: 'complete', to: 'COMPLETED', kind: 'advance' },
    { from: 'RUNNING', on: 'fail', to: 'FAILED', kind: 'fail' },
    { from: 'RUNNING', on: 'terminate', to: 'TERMINATED', kind: 'operator' },
    { from: 'PAUSED', on: 'resume', to: 'RUNNING', kind: 'operator' },
    { from: 'PAUSED', on: 'terminate', to: 'TERMINATED', kind: 'operator' },
  ],
}
