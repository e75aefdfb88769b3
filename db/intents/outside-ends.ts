import { cutText } from '../../contract/text.ts'
import type { StopCause } from '../write/run-steps.ts'

/** How a run ended in Temporal behind our back: by somebody at its Web UI or command line, by a limit set there, or broken. */
export type OutsideEnding = 'terminated' | 'canceled' | 'timed_out' | 'failed'

/** Such an end, with what whoever brought it about has said; null where nothing was said. */
export interface OutsideEnd {
  readonly how: OutsideEnding
  readonly said: string | null
}

const REASONS: { readonly [E in OutsideEnding]: string } = {
  terminated: 'Its run was terminated in Temporal',
  canceled: 'Its run was canceled in Temporal',
  timed_out: 'Its run timed out in Temporal',
  failed: 'Its run broke off in Temporal',
}
const LONGEST_SAID = 300

/** Who is written down to have ended a run there. */
export const IN_TEMPORAL = 'temporal'

/** The code of such an end: a limit set from outside terminates a run as a hand from outside does. */
export function codeOfEnd({ how }: OutsideEnd): 'TERMINATED' | 'CANCELED' {
  return how === 'canceled' ? 'CANCELED' : 'TERMINATED'
}

/** Who brought such an end about, and how. */
export function causeOfEnd({ how, said }: OutsideEnd): StopCause & { readonly request_id: null } {
  const words = cutText((said ?? '').replaceAll(/\s+/gu, ' ').trim(), LONGEST_SAID)
  const reason = words === '' ? `${REASONS[how]}.` : `${REASONS[how]}: “${words}”.`
  return { actor: { type: 'system', id: IN_TEMPORAL }, reason, request_id: null }
}
