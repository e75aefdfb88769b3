import type { Machine, Move } from './machine.ts'

/** The phases of a build, in their order: states in which a role works. */
export const PHASES = [
  'discovery',
  'planning',
  'implementation',
  'testing',
  'verification',
  'deployment',
] as const
export type Phase = (typeof PHASES)[number]

/** A state in which something is still to be done, and so can fail. */
export type WorkingState =
  | Phase
  | 'handoff_to_coder'
  | 'handoff_to_tester'
  | 'handoff_to_verifier'
  | 'handoff_to_releaser'
export type HandoffState = WorkingState | 'complete' | 'error'

export type HandoffEvent = 'pass' | 'accept' | 'send_back' | 'fail' | `recover_to_${Phase}`

/** The way from the first state to the last when nothing goes wrong. */
export const STRAIGHT_WAY = [
  'discovery',
  'planning',
  'handoff_to_coder',
  'implementation',
  'handoff_to_tester',
  'testing',
  'handoff_to_verifier',
  'verification',
  'handoff_to_releaser',
  'deployment',
  'complete',
] as const satisfies readonly HandoffState[]

const fails = (from: WorkingState): Move<HandoffState, HandoffEvent> => ({
  from,
  on: 'fail',
  to: 'error',
  kind: 'fail',
})

const recovers = (to: Phase): Move<HandoffState, HandoffEvent> => ({
  from: 'error',
  on: `recover_to_${to}`,
  to,
  kind: 'recover',
})

/** A build handed on between five roles: 28 moves, in the order of their numbers. A rollback stands outside them. */
export const HANDOFF: Machine<HandoffState, HandoffEvent> = {
  initial: 'discovery',
  states: [...STRAIGHT_WAY, 'error'],
  moves: [
    { from: 'discovery', on: 'pass', to: 'planning', kind: 'advance' },
    { from: 'planning', on: 'pass', to: 'handoff_to_coder', kind: 'advance' },
    { from: 'handoff_to_coder', on: 'accept', to: 'implementation', kind: 'ack' },
    { from: 'implementation', on: 'pass', to: 'handoff_to_tester', kind: 'advance' },
    { from: 'handoff_to_tester', on: 'accept', to: 'testing', kind: 'ack' },
    { from: 'testing', on: 'pass', to: 'handoff_to_verifier', kind: 'advance' },
    { from: 'testing', on: 'send_back', to: 'implementation', kind: 'retry', when: 'retries_left' },
    { from: 'handoff_to_verifier', on: 'accept', to: 'verification', kind: 'ack' },
    { from: 'verification', on: 'pass', to: 'handoff_to_releaser', kind: 'advance' },
    { from: 'verification', on: 'send_back', to: 'implementation', kind: 'retry', when: 'retries_left' },
    { from: 'handoff_to_releaser', on: 'accept', to: 'deployment', kind: 'ack' },
    { from: 'deployment', on: 'pass', to: 'complete', kind: 'advance' },
    ...PHASES.map(fails),
    ...PHASES.map(recovers),
    fails('handoff_to_coder'),
    fails('handoff_to_tester'),
    fails('handoff_to_verifier'),
    fails('handoff_to_releaser'),
  ],
}
