import type { HandoffState } from '../machines/handoff-machine.ts'
import type { RunErrorCode } from '../run-errors.ts'

/** How the work of a state ended, as its result says. */
export type Verdict = 'passed' | 'failed' | 'accepted' | 'error'

/** The parts of a phase result that say how it ended. */
export interface Judgement {
  /** Why the work cannot go on; a result that has one has its code beside it at most. */
  readonly reason?: string
  /** What sort of failure that is, where the role says so. */
  readonly error_code?: RunErrorCode | undefined
  readonly passed?: boolean
  readonly approved_for_deployment?: boolean
  readonly smoke_test?: { readonly passed: boolean }
  /** Everything else a result tells, which decides nothing. */
  readonly [more: string]: unknown
}

/** Reads how a state ended from its result; a verdict that is missing counts against the work. */
export function readVerdict(state: HandoffState, result: Judgement): Verdict {
  if (state === 'error' || result.reason !== undefined) return 'error'
  switch (state) {
    case 'testing':
      return result.passed === true ? 'passed' : 'failed'
    case 'verification':
      return result.approved_for_deployment === true ? 'passed' : 'failed'
    // Nothing leads back from a release: one that does not work stops the build, and is never called complete.
    case 'deployment':
      return result.smoke_test?.passed === true ? 'passed' : 'error'
    case 'handoff_to_coder':
    case 'handoff_to_tester':
    case 'handoff_to_verifier':
    case 'handoff_to_releaser':
      return 'accepted'
    default:
      return 'passed'
  }
}
