import type { StopCause } from '../write/run-steps.ts'

/** How a run ended in Temporal behind our back: by somebody at its Web UI or command line, by a limit set there, or broken. */
export type OutsideEnd = 'terminated' | 'canceled' | 'timed_out' | 'failed'

const REASONS: { readonly [E in OutsideEnd]: string } = {
  terminated: 'Its run was terminated in Temporal.',
  canceled: 'Its run was canceled in Temporal.',
  timed_out: 'Its run timed out in Temporal.',
  failed: 'Its run broke off in Temporal.',
}

/** The code of such an end: a limit set from outside terminates a run as a hand from outside does. */
export function codeOfEnd(end: OutsideEnd): 'TERMINATED' | 'CANCELED' {
  return end === 'canceled' ? 'CANCELED' : 'TERMINATED'
}

/** Who brought such an end about, and how. */
export function causeOfEnd(end: OutsideEnd): StopCause & { readonly request_id: null } {
  return { actor: { type: 'system', id: 'temporal' }, reason: REASONS[end], request_id: null }
}
