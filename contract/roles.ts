// The five roles of a hand-off, and what each state asks of them.

import type { HandoffState } from './machines/handoff-machine.ts'

export const ROLES = [
  'q_assistant',
  'code_writer',
  'test_auditor',
  'verification_overseer',
  'release_manager',
] as const
export type Role = (typeof ROLES)[number]

/** The name of each role as people read it. */
export const ROLE_TITLES: { readonly [R in Role]: string } = {
  q_assistant: 'Q Assistant',
  code_writer: 'Code Writer',
  test_auditor: 'Test Auditor',
  verification_overseer: 'Verification Overseer',
  release_manager: 'Release Manager',
}

export interface StateDuty {
  /** Who answers for the state; null when nobody does. */
  readonly owner: Role | null
  /** Whose move is awaited; null when none is, or when any role may make it. */
  readonly actor: Role | null
  /** What is going on, for whoever watches. */
  readonly description: string
  /** What is awaited, for whoever is to act. */
  readonly task: string
}

/** Who answers for each state, who may act in it, and what is awaited there. In a hand-off the receiver acts. */
export const STATE_DUTIES = {
  discovery: {
    owner: 'q_assistant',
    actor: 'q_assistant',
    description: 'The Q Assistant is finding out what is asked',
    task: 'Find out what is asked, what is unclear and what could go wrong, then hand in requirements, ambiguities and risks.',
  },
  planning: {
    owner: 'q_assistant',
    actor: 'q_assistant',
    description: 'The Q Assistant is planning the work',
    task: 'Plan the components, how they are tested, by when, and what counts as success, then hand in the implementation plan.',
  },
  handoff_to_coder: {
    owner: 'q_assistant',
    actor: 'code_writer',
    description: 'The Q Assistant has handed the plan over, and the Code Writer has yet to accept it',
    task: 'Check that the plan can be worked from, then accept it.',
  },
  implementation: {
    owner: 'code_writer',
    actor: 'code_writer',
    description: 'The Code Writer is implementing the plan',
    task: 'Make the artefacts with stubs for their tests; when work came back, say what changed.',
  },
  handoff_to_tester: {
    owner: 'code_writer',
    actor: 'test_auditor',
    description: 'The Code Writer has handed the artefacts over, and the Test Auditor has yet to accept them',
    task: 'Check that the artefacts are whole and can be tested, then accept them.',
  },
  testing: {
    owner: 'test_auditor',
    actor: 'test_auditor',
    description: 'The Test Auditor is testing the artefacts',
    task: 'Test every success criterion with its edge, error and security cases at a coverage of 80 or more, then give a verdict.',
  },
  handoff_to_verifier: {
    owner: 'test_auditor',
    actor: 'verification_overseer',
    description:
      'The Test Auditor has handed the results over, and the Verification Overseer has yet to accept them',
    task: 'Check that the test results cover the artefacts, then accept them.',
  },
  verification: {
    owner: 'verification_overseer',
    actor: 'verification_overseer',
    description: 'The Verification Overseer is judging whether the work may be released',
    task: 'Judge security, performance, architecture, documentation and readiness, then approve the work or send it back.',
  },
  handoff_to_releaser: {
    owner: 'verification_overseer',
    actor: 'release_manager',
    description:
      'The Verification Overseer has approved the work, and the Release Manager has yet to accept it',
    task: 'Check that the approval stands, then accept the work for release.',
  },
  deployment: {
    owner: 'release_manager',
    actor: 'release_manager',
    description: 'The Release Manager is releasing the work',
    task: 'Check once more, write the target files, try them out, then report the release.',
  },
  complete: {
    owner: 'release_manager',
    actor: null,
    description: 'The work is complete and released',
    task: 'Nothing is left to do.',
  },
  error: {
    owner: null,
    actor: null,
    description: 'The work has stopped on an error and waits for a person',
    task: 'See why the work stopped, then advance from error to the phase that is to take it up again.',
  },
} as const satisfies { readonly [S in HandoffState]: StateDuty }

/** What is awaited next, and from whom; there are no deadlines. */
export function expectationOf(state: HandoffState): { role: Role | null; task: string; deadline: null } {
  const { actor, task } = STATE_DUTIES[state]
  return { role: actor, task, deadline: null }
}
